using System.Collections.Generic;

namespace MediaMagic.Tests.HostileWorld;

/// <summary>What a ledger holds. There is one object for each content that differs.</summary>
internal sealed class LedgerContent
{
    /// <summary>Gets all that a process can learn from it, in one text: no times, no owners.</summary>
    public required string Key { get; init; }

    /// <summary>Gets all that the future depends on, in one text: no ids, and no numbers that make blob paths unique.</summary>
    public required string Text { get; init; }

    /// <summary>Gets a value indicating whether a file has failed.</summary>
    public required bool HasFailed { get; init; }

    /// <summary>Gets the blob paths that it names.</summary>
    public required IReadOnlyCollection<string> BlobPaths { get; init; }

    /// <summary>Gets the file of a ledger with that content.</summary>
    public required byte[] Bytes { get; init; }
}
