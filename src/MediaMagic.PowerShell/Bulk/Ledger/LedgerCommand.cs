namespace MediaMagic.Bulk;

/// <summary>
/// A command for a ledger: one statement, or several in a row if each needs the result of the previous one. All commands of a transaction
/// run their next statements together. The outcome holds only once the transaction is committed.
/// </summary>
internal abstract class LedgerCommand
{
    /// <summary>Gets the statement to run next; null when none is left.</summary>
    public LedgerStep? Next { get; protected set; }

    /// <summary>Gets a value indicating whether the command changes nothing, so that it needs no lock.</summary>
    public virtual bool OnlyReads => false;

    /// <summary>Begins from the start; more than once when a transaction has to be repeated.</summary>
    public abstract void Begin();

    /// <summary>Reads the outcome of the statement, and decides on the next one.</summary>
    public abstract void Continue(LedgerStep done);

    /// <summary>Ends the command: its transaction is committed.</summary>
    public abstract void Finish();

    /// <summary>Ends the command: its transaction is not committed, and will not be.</summary>
    public abstract void Fail(MediaMagicException failure);
}
