namespace MediaMagic.Tests.HostileWorld;

/// <summary>The kinds of what a process does.</summary>
internal enum ActKind
{
    /// <summary>It begins.</summary>
    Begins,

    /// <summary>It connects to create a submission.</summary>
    Sends,

    /// <summary>It sends a request.</summary>
    Calls,

    /// <summary>It is about to commit something to the ledger.</summary>
    Commits,

    /// <summary>It tells the user what became of a file.</summary>
    Tells,

    /// <summary>It ends.</summary>
    Ends,
}
