using MediaMagic.Transfer;

namespace MediaMagic.Client;

/// <summary>An uploaded file to submit.</summary>
public sealed class NewAsset
{
    /// <summary>Where the file lies, as its upload said.</summary>
    public string BlobPath { get; set; } = string.Empty;

    /// <summary>The submission of which this is the next version.</summary>
    public string? PreviousSubmissionId { get; set; }

    /// <summary>Gets the file that lies there, if the caller knows it.</summary>
    internal KnownFile? File { get; init; }
}
