namespace MediaMagic.Bulk;

/// <summary>Runs one statement; the outcome is how many rows it changed.</summary>
internal sealed class ChangeCommand(LedgerStatement statement, params object?[] values) : ValueCommand<int>
{
    public override void Begin() => Next = new LedgerStep(statement, null, values);

    public override void Continue(LedgerStep done) => End(done.Changed);
}
