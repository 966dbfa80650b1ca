using System.Threading.Tasks;

namespace MediaMagic.Bulk;

/// <summary>A statement with its values that goes to the database with others, and its outcome.</summary>
internal sealed class LedgerCall(LedgerStatement statement, bool finds, object?[] values)
{
    // Whoever waits goes on at once, so that what it asks for next goes with what the others ask for next.
    private readonly TaskCompletionSource<LedgerCall> _done = new();

    public LedgerStatement Statement { get; } = statement;

    public object?[] Values { get; } = values;

    /// <summary>Whether it looks for a row.</summary>
    public bool Finds { get; } = finds;

    /// <summary>How many rows it changed.</summary>
    public int Changed { get; set; }

    /// <summary>The row that it found.</summary>
    public LedgerRow? Row { get; set; }

    /// <summary>Ends when it is carried out.</summary>
    public Task<LedgerCall> Done => _done.Task;

    public void Finish() => _done.TrySetResult(this);
}
