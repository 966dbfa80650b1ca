namespace MediaMagic.Simulator;

/// <summary>A block as a block list names it.</summary>
internal sealed class BlockReference
{
    public BlockReference(string id, bool mayBeUncommitted, bool mayBeCommitted)
    {
        Id = id;
        MayBeUncommitted = mayBeUncommitted;
        MayBeCommitted = mayBeCommitted;
    }

    public string Id { get; }

    public bool MayBeUncommitted { get; }

    public bool MayBeCommitted { get; }
}
