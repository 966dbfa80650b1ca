using System;

namespace MediaMagic;

/// <summary>One file in a ledger.</summary>
public sealed class LedgerEntry
{
    /// <summary>Where the file lay when it was last taken up.</summary>
    public string? Path { get; set; }

    /// <summary>How far it is: one of <see cref="LedgerState"/>.</summary>
    public string? State { get; set; }

    /// <summary>Where it was uploaded to.</summary>
    public string? BlobPath { get; set; }

    /// <summary>The submission that it is in.</summary>
    public string? SubmissionId { get; set; }

    /// <summary>Its asset in the submission.</summary>
    public string? AssetId { get; set; }

    /// <summary>The last status that the service told.</summary>
    public string? Status { get; set; }

    /// <summary>How many times a run took it up.</summary>
    public int Attempts { get; set; }

    /// <summary>When the row last changed.</summary>
    public DateTimeOffset? UpdatedAt { get; set; }

    /// <summary>What went wrong, or what is worth knowing.</summary>
    public string? Error { get; set; }

    /// <summary>Whose file it is: the service and the key, as far as they may be shown.</summary>
    public string? Workspace { get; set; }

    /// <summary>Its length in bytes.</summary>
    public long? Length { get; set; }

    /// <summary>The SHA-256 of its bytes.</summary>
    public string? ContentHash { get; set; }

    /// <inheritdoc/>
    public override string ToString() => $"{Path}: {State}";
}
