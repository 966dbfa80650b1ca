using System.Collections.Generic;

namespace MediaMagic.Tests.HostileWorld;

/// <summary>What a ledger holds when no process works on it.</summary>
/// <param name="Text">All that the future depends on, in one text: no times, no owners, no ids.</param>
/// <param name="HasFailed">Whether a file has failed.</param>
/// <param name="BlobPaths">The blob paths that it names.</param>
internal sealed record LedgerContent(string Text, bool HasFailed, IReadOnlyCollection<string> BlobPaths);
