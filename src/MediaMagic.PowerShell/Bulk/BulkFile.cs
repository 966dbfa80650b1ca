using System.Collections.Generic;
using System.Linq;
using MediaMagic.Client;
using MediaMagic.Errors;
using MediaMagic.IO;
using MediaMagic.Transfer;

namespace MediaMagic.Bulk;

/// <summary>A file on its way through a run.</summary>
internal sealed class BulkFile(string path, string name, string contentType, ContentDigest digest)
{
    public string Path { get; private set; } = path;

    public string Name { get; } = name;

    /// <summary>Gets the key that is equal for all spellings of the name; null where only equal spellings are one name.</summary>
    public string? NameKey { get; init; }

    /// <summary>Gets the name in the ledger, which may be another spelling.</summary>
    public string RowName { get; private set; } = name;

    public string ContentType { get; } = contentType;

    /// <summary>The file as it was when it was hashed.</summary>
    public FileIdentity Identity { get; private set; } = digest.Identity;

    /// <summary>The SHA-256 of its bytes. Name and content together are what the ledger knows a file by.</summary>
    public string Hash => digest.Hash;

    /// <summary>Gets what an upload compares the file and the bytes that it sends with.</summary>
    public ContentDigest Digest => digest with { Identity = Identity };

    /// <summary>Gets the file as the session knows files.</summary>
    public KnownFile Known => new(Identity, Hash, digest.Crc);

    /// <summary>Gets the file as an asset of a create.</summary>
    public NewAsset Asset => new() { BlobPath = BlobPath!, File = Known };

    public long Length => Identity.Length;

    /// <summary>The name that it is uploaded under.</summary>
    public string UploadName { get; set; } = name;

    /// <summary>Where it lies; none before it is uploaded.</summary>
    public string? BlobPath { get; set; }

    /// <summary>Gets what became of the create that names the file.</summary>
    public Delivery Delivery { get; private set; }

    /// <summary>Whether an earlier run uploaded it, and storage may have forgotten it since.</summary>
    public bool IsOldUpload { get; set; }

    public string? SubmissionId { get; set; }

    public string? AssetId { get; set; }

    public string? Status { get; set; }

    /// <summary>Files of this run with the same name and content, which end as this one does.</summary>
    public List<BulkFile>? Twins { get; set; }

    /// <summary>Returns whether the ledger has one row for both files: their content is the same, and their names are under the rules of either's folder.</summary>
    public bool IsTwinOf(BulkFile other) =>
        Hash == other.Hash
        && (Name == other.Name
            || (NameKey is not null && PathIdentity.NameKeysOf(other.Name).Contains(NameKey))
            || (other.NameKey is not null && PathIdentity.NameKeysOf(Name).Contains(other.NameKey)));

    /// <summary>Takes over what the ledger knows.</summary>
    public void TakeFrom(LedgerRow row)
    {
        RowName = row.Name;
        UploadName = row.UploadName;
        BlobPath = row.IsUploaded ? row.BlobPath : null;
        Delivery = row.Delivery;
        IsOldUpload = row.IsUploaded;
        SubmissionId = row.SubmissionId;
        AssetId = row.AssetId;
        Status = row.Status;
    }

    /// <summary>Gets the CRC64 of each 4 MiB.</summary>
    public ulong[] Sums => digest.Sums;

    /// <summary>Reads the content from another file from now on, which has the same.</summary>
    public void ReadFrom(BulkFile twin) => (Path, Identity) = (twin.Path, twin.Identity);

    /// <summary>Begins anew under another name: the creates of before are left unknown.</summary>
    public void StartOver(string uploadName)
    {
        UploadName = uploadName;
        BlobPath = null;
        Delivery = Delivery.NotSent;
    }

    /// <summary>Goes on with a blob path under which its create is unknown.</summary>
    public void Recall(string blobPath)
    {
        BlobPath = blobPath;
        Delivery = Delivery.Unknown;
    }

    /// <summary>Adds the end of a create.</summary>
    public void Add(Delivery delivery) => Delivery = Delivery.Then(delivery);

    /// <summary>What became of it.</summary>
    public SubmitResult Result(string state, string? error = null) => new()
    {
        Path = Path,
        State = state,
        BlobPath = BlobPath,
        SubmissionId = SubmissionId,
        AssetId = AssetId,
        Status = Status,
        Error = error,
    };
}
