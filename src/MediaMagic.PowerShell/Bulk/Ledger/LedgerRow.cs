using System;
using System.Data.Common;
using System.Globalization;
using MediaMagic.Errors;

namespace MediaMagic.Bulk;

/// <summary>What a ledger says of a file, as far as a run needs it.</summary>
internal sealed class LedgerRow
{
    /// <summary>The columns, in the order in which <see cref="Read"/> wants them.</summary>
    public const string Columns = "state, owner, lease_until, delivery, error_concern, upload_name, blob_path, submission_id, asset_id, status, error_system, error_status, error_code, error_message, note, {now}, case when checksums is null then 0 else 1 end, name";

    /// <summary>Gets the name in the row, as the run that added it spelled it.</summary>
    public string Name { get; private init; } = string.Empty;

    public string State { get; private init; } = string.Empty;

    public string Owner { get; private init; } = string.Empty;

    /// <summary>Gets what became of the create that names the file.</summary>
    public Delivery Delivery { get; private init; }

    /// <summary>Gets what the stored error is about.</summary>
    public Concern Concern { get; private init; }

    public string UploadName { get; private init; } = string.Empty;

    public string? BlobPath { get; private init; }

    /// <summary>Gets a value indicating whether the file is uploaded. The blob path alone may be no more than reserved.</summary>
    public bool IsUploaded { get; private init; }

    /// <summary>Gets a value indicating whether another file has overwritten the blob since.</summary>
    public bool IsOverwritten => !IsUploaded && Error?.Code == ErrorCode.BlobPathCollision;

    public string? SubmissionId { get; private init; }

    public string? AssetId { get; private init; }

    public string? Status { get; private init; }

    /// <summary>Gets the stored error.</summary>
    public ApiError? Error { get; private init; }

    /// <summary>Gets what is worth knowing about how the file was submitted.</summary>
    public string? Note { get; private init; }

    /// <summary>Whether its owner still has time, by the database's clock.</summary>
    public bool IsLeased { get; private init; }

    /// <summary>Whether there is nothing left to send.</summary>
    public bool IsSubmitted => State is LedgerState.Submitted or LedgerState.Complete;

    /// <summary>Whether it failed for good. That a file changed or is gone says nothing about another one with the content that it had.</summary>
    public bool IsHopeless => State == LedgerState.Failed && Concern == Concern.File && Error?.Code is not (ErrorCode.FileChanged or ErrorCode.FileNotFound);

    /// <summary>Gets what stands for a row that is still to be read.</summary>
    public static LedgerRow None { get; } = new();

    /// <summary>A row that was made just now.</summary>
    public static LedgerRow Fresh(string name, string uploadName, string owner) => new() { Name = name, State = LedgerState.Claimed, Owner = owner, UploadName = uploadName };

    public static LedgerRow Read(DbDataReader reader) => new()
    {
        Name = reader.GetString(17),
        State = reader.GetString(0),
        Owner = reader.GetString(1),
        IsLeased = Number(reader, 2) >= Number(reader, 15),
        Delivery = (Delivery)Number(reader, 3),
        Concern = (Concern)Number(reader, 4),
        UploadName = reader.GetString(5),
        BlobPath = Text(reader, 6),
        IsUploaded = Number(reader, 16) != 0,
        SubmissionId = Text(reader, 7),
        AssetId = Text(reader, 8),
        Status = Text(reader, 9),
        Error = Text(reader, 12) is string code
            ? LocalErrors.Stored(Text(reader, 10)!, (int)Number(reader, 11), code, Text(reader, 13) ?? string.Empty, (Concern)Number(reader, 4), (Delivery)Number(reader, 3))
            : null,
        Note = Text(reader, 14),
    };

    /// <summary>A number of whichever size the database gave it.</summary>
    public static long Number(DbDataReader reader, int column) => Convert.ToInt64(reader.GetValue(column), CultureInfo.InvariantCulture);

    /// <summary>A text that may be missing.</summary>
    public static string? Text(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
