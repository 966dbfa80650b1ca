using System.Collections.Generic;

namespace MediaMagic.Tests.HostileWorld;

/// <summary>What all worlds of an exploration have in common.</summary>
/// <param name="Naming">What the service makes of a file name.</param>
/// <param name="Depth">How many attempts to create a submission the world decides.</param>
/// <param name="Contents">The files, by path, and the SHA-256 of each.</param>
internal sealed record WorldRules(Naming Naming, int Depth, IReadOnlyDictionary<string, string> Contents)
{
    /// <summary>Gets the flaw between the product and the checker.</summary>
    public Flaw Flaw { get; init; }

    /// <summary>Gets how often two processes on one ledger take turns; 0: there is one process at a time.</summary>
    public int Switches { get; init; }
}
