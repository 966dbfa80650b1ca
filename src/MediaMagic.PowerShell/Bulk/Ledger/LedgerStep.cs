using System;
using System.Collections.Generic;
using System.Data.Common;

namespace MediaMagic.Bulk;

/// <summary>A statement with its values, and its outcome once it has run. One that reads rows says how.</summary>
internal sealed class LedgerStep(LedgerStatement statement, Func<DbDataReader, object>? read, params object?[] values)
{
    public LedgerStatement Statement { get; } = statement;

    public object?[] Values { get; } = values;

    /// <summary>Gets what reads a row; null when there are none to read.</summary>
    public Func<DbDataReader, object>? Read { get; } = read;

    /// <summary>Gets the rows that it found.</summary>
    public List<object> Found { get; } = [];

    /// <summary>Gets or sets how many rows it changed.</summary>
    public int Changed { get; set; }

    /// <summary>Gets the row of a file that it found.</summary>
    public LedgerRow? Row => Found.Count > 0 ? (LedgerRow)Found[0] : null;
}
