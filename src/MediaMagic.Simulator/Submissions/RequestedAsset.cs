namespace MediaMagic.Simulator;

/// <summary>An asset as a create asks for it.</summary>
internal sealed class RequestedAsset
{
    public RequestedAsset(string blobPath, string? previousSubmissionId)
    {
        BlobPath = blobPath;
        PreviousSubmissionId = previousSubmissionId;
    }

    public string BlobPath { get; }

    public string? PreviousSubmissionId { get; }
}
