using System;

namespace MediaMagic.Bulk;

/// <summary>A statement and the names of its parameters, in the order in which values are given.</summary>
internal sealed class LedgerStatement(string sql, params string[] names)
{
    public string Sql { get; } = sql;

    /// <summary>Gets a value indicating whether the statement changes nothing.</summary>
    public bool OnlyReads { get; } = sql.TrimStart().StartsWith("select", StringComparison.Ordinal);

    public string[] Names { get; } = names;
}
