namespace MediaMagic.Client;

/// <summary>One asset of a submission to create.</summary>
internal sealed class AssetBody
{
    public string? BlobPath { get; set; }

    public string? PreviousSubmissionId { get; set; }
}
