namespace MediaMagic.Tests.HostileWorld;

/// <summary>Something that a process does, as far as its world can tell.</summary>
/// <param name="Kind">What kind of act it is.</param>
internal sealed record Act(ActKind Kind)
{
    /// <summary>Gets the begin of a process.</summary>
    public static Act Begin { get; } = new(ActKind.Begins);

    /// <summary>Gets the beginning of a create.</summary>
    public static Act Send { get; } = new(ActKind.Sends);

    /// <summary>Gets a commit to the ledger.</summary>
    public static Act Commit { get; } = new(ActKind.Commits);

    /// <summary>Gets the request.</summary>
    public HostileCall? Call { get; init; }

    /// <summary>Gets what the user is told.</summary>
    public Word? Word { get; init; }

    /// <summary>Gets why the process ended early.</summary>
    public string? Problem { get; init; }
}
