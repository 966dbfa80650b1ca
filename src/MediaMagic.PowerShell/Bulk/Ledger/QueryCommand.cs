using System;
using System.Collections.Generic;
using System.Data.Common;
using System.Linq;

namespace MediaMagic.Bulk;

/// <summary>Runs one statement that finds rows; the outcome is these.</summary>
internal sealed class QueryCommand<T>(LedgerStatement statement, Func<DbDataReader, T> read, params object?[] values) : ValueCommand<IReadOnlyList<T>>
    where T : class
{
    public override bool OnlyReads => statement.OnlyReads;

    public override void Begin() => Next = new LedgerStep(statement, read, values);

    public override void Continue(LedgerStep done) => End([.. done.Found.Cast<T>()]);
}
