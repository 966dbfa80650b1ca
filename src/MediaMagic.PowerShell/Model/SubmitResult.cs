namespace MediaMagic;

/// <summary>What became of one file of a bulk run.</summary>
public sealed class SubmitResult
{
    /// <summary>The file, as it was named.</summary>
    public string? Path { get; set; }

    /// <summary>How it ended: one of <see cref="SubmitState"/>.</summary>
    public string? State { get; set; }

    /// <summary>Where it was uploaded to.</summary>
    public string? BlobPath { get; set; }

    /// <summary>The submission that it is in; empty when only a refused repeat told that it was accepted.</summary>
    public string? SubmissionId { get; set; }

    /// <summary>Its asset in the submission.</summary>
    public string? AssetId { get; set; }

    /// <summary>The last status that the service told.</summary>
    public string? Status { get; set; }

    /// <summary>What went wrong, or what is worth knowing.</summary>
    public string? Error { get; set; }

    /// <inheritdoc/>
    public override string ToString() => $"{Path}: {State}";
}
