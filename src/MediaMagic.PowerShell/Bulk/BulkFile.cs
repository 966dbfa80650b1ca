using System.Collections.Generic;
using MediaMagic.Transfer;

namespace MediaMagic.Bulk;

/// <summary>A file on its way through a run.</summary>
internal sealed class BulkFile(string path, string name, string contentType, FileIdentity identity, string hash)
{
    public string Path { get; } = path;

    public string Name { get; } = name;

    public string ContentType { get; } = contentType;

    /// <summary>The file as it was when it was hashed.</summary>
    public FileIdentity Identity { get; } = identity;

    /// <summary>The SHA-256 of its bytes. Name and content together are what the ledger knows a file by.</summary>
    public string Hash { get; } = hash;

    public long Length => Identity.Length;

    /// <summary>The name that it is uploaded under.</summary>
    public string UploadName { get; set; } = name;

    /// <summary>Where it lies; none before it is uploaded.</summary>
    public string? BlobPath { get; set; }

    /// <summary>Whether a create that named it may have been accepted without our knowing.</summary>
    public bool MaybeSent { get; set; }

    /// <summary>Whether an earlier run uploaded it, and storage may have forgotten it since.</summary>
    public bool IsOldUpload { get; set; }

    public string? SubmissionId { get; set; }

    public string? AssetId { get; set; }

    public string? Status { get; set; }

    /// <summary>Files of this run with the same name and content, which end as this one does.</summary>
    public List<BulkFile>? Twins { get; set; }

    /// <summary>Takes over what the ledger knows.</summary>
    public void TakeFrom(LedgerRow row)
    {
        UploadName = row.UploadName;
        BlobPath = row.BlobPath;
        MaybeSent = row.Unclear;
        IsOldUpload = row.BlobPath is not null;
        SubmissionId = row.SubmissionId;
        AssetId = row.AssetId;
        Status = row.Status;
    }

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
