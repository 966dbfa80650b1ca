using MediaMagic.Transfer;

namespace MediaMagic.Client;

/// <summary>An asset of a create, and the digests under which a session remembers it.</summary>
internal sealed class KeyedAsset
{
    private readonly ulong? _file;
    private readonly ulong _path;

    private KeyedAsset(NewAsset asset, ulong? file)
    {
        _path = PathDigest.Of(asset.BlobPath);
        _file = file;
        BlobPath = asset.BlobPath;
        File = asset.File;

        // No blob path holds a line break.
        Keys = asset.PreviousSubmissionId is not null ? [PathDigest.Of(asset.BlobPath + "\n" + asset.PreviousSubmissionId)] : AcceptedKeys;
    }

    public string BlobPath { get; }

    public KnownFile? File { get; }

    /// <summary>Gets the digests that a create reserves: first the one of its blob path.</summary>
    public ulong[] Keys { get; }

    /// <summary>Gets the digests of an asset that was accepted.</summary>
    public ulong[] AcceptedKeys => _file is ulong file ? [_path, file] : [_path];

    /// <summary>Returns the asset with its digests.</summary>
    public static KeyedAsset Of(NewAsset asset, TransferSession transfer) =>
        new(asset, transfer.KeyOf(asset.BlobPath, asset.File) is string key ? PathDigest.Of("file\n" + key) : null);
}
