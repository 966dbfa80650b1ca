namespace MediaMagic.Bulk;

/// <summary>A statement and the names of its parameters, in the order in which values are given.</summary>
internal sealed class LedgerStatement(string sql, params string[] names)
{
    public string Sql { get; } = sql;

    public string[] Names { get; } = names;
}
