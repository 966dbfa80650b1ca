using System;

namespace MediaMagic.Simulator;

/// <summary>What a blob must be to become an asset.</summary>
internal sealed class AssetChecks
{
    private readonly BlobStore _blobs;

    public AssetChecks(BlobStore blobs) => _blobs = blobs;

    /// <summary>The content type of an uploaded blob; a path never uploaded to is as invalid as that of another workspace.</summary>
    public string RequireBlob(string workspaceId, string blobPath)
    {
        StoredBlob? blob = blobPath.StartsWith(workspaceId + "/", StringComparison.Ordinal) ? _blobs.Find(blobPath) : null;
        if (blob?.Content is not BlobContent content)
        {
            throw new Refusal(403, "Invalid blob path");
        }

        // The bytes are checked against the type that the upload announced; the PUT itself needs none.
        string? type = blob.DeclaredType ?? content.ContentType;
        if (type is null || !FileTypes.IsAllowed(type))
        {
            throw new Refusal(415, "Unsupported content type");
        }

        if (content.Length > FileTypes.LimitOf(type))
        {
            throw new Refusal(413, $"File too large: {FileTypes.Normalize(type)} may have at most {FileTypes.LimitOf(type)} bytes");
        }

        return FileSignatures.Matches(type, content.Head())
            ? FileTypes.Normalize(type)
            : throw new Refusal(415, "File content does not match the declared content type");
    }
}
