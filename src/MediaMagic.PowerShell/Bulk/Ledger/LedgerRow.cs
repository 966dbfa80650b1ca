using System;
using System.Data.Common;
using System.Globalization;

namespace MediaMagic.Bulk;

/// <summary>What a ledger says of a file, as far as a run needs it.</summary>
internal sealed class LedgerRow
{
    /// <summary>The columns, in the order in which <see cref="Read"/> wants them.</summary>
    public const string Columns = "state, owner, lease_until, unclear, retryable, upload_name, blob_path, submission_id, asset_id, status, error, {now}";

    public string State { get; private init; } = string.Empty;

    public string Owner { get; private init; } = string.Empty;

    /// <summary>Whether a create of it was sent, or about to be, and its outcome is not known.</summary>
    public bool Unclear { get; private init; }

    /// <summary>Whether another run may succeed where this one failed.</summary>
    public bool Retryable { get; private init; }

    public string UploadName { get; private init; } = string.Empty;

    public string? BlobPath { get; private init; }

    public string? SubmissionId { get; private init; }

    public string? AssetId { get; private init; }

    public string? Status { get; private init; }

    public string? Error { get; private init; }

    /// <summary>Whether its owner still has time, by the database's clock.</summary>
    public bool IsLeased { get; private init; }

    /// <summary>Whether there is nothing left to send.</summary>
    public bool IsSubmitted => State is LedgerState.Submitted or LedgerState.Complete;

    /// <summary>Whether it failed for good.</summary>
    public bool IsHopeless => State == LedgerState.Failed && !Retryable;

    /// <summary>A row that was made just now.</summary>
    public static LedgerRow Fresh(string uploadName, string owner) => new() { State = LedgerState.Claimed, Owner = owner, UploadName = uploadName };

    public static LedgerRow Read(DbDataReader reader) => new()
    {
        State = reader.GetString(0),
        Owner = reader.GetString(1),
        IsLeased = Number(reader, 2) >= Number(reader, 11),
        Unclear = Number(reader, 3) != 0,
        Retryable = Number(reader, 4) != 0,
        UploadName = reader.GetString(5),
        BlobPath = Text(reader, 6),
        SubmissionId = Text(reader, 7),
        AssetId = Text(reader, 8),
        Status = Text(reader, 9),
        Error = Text(reader, 10),
    };

    /// <summary>A number of whichever size the database gave it.</summary>
    public static long Number(DbDataReader reader, int column) => Convert.ToInt64(reader.GetValue(column), CultureInfo.InvariantCulture);

    /// <summary>A text that may be missing.</summary>
    public static string? Text(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
