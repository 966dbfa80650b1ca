namespace MediaMagic.Simulator;

/// <summary>What never changes about an asset.</summary>
internal sealed class AssetIdentity
{
    public AssetIdentity(string id, string blobPath, string mimeType, string versionGroupId, int versionNumber)
    {
        Id = id;
        BlobPath = blobPath;
        FileName = blobPath.Substring(blobPath.IndexOf('/') + 1);
        MimeType = mimeType;
        VersionGroupId = versionGroupId;
        VersionNumber = versionNumber;
    }

    public string Id { get; }

    public string BlobPath { get; }

    public string FileName { get; }

    public string MimeType { get; }

    public string VersionGroupId { get; }

    public int VersionNumber { get; }
}
