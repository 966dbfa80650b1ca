using System;
using System.Collections.Generic;
using System.Data;
using System.Data.Common;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Errors;
using MediaMagic.Transfer;

namespace MediaMagic.Bulk;

/// <summary>
/// Moves the rows of a ledger of version 1 or 2 into the table of today. The old table is renamed. Otherwise an older module that still runs
/// would go on working on rows that nobody reads; now it fails.
/// </summary>
internal static class LedgerMigration
{
    private const string Old =
        """
        select workspace, hash, name, size, path, upload_name, state, owner, lease_until, attempts, unclear, retryable, blob_path, submission_id, asset_id, status, error, created_at, updated_at
        from mediamagic_files_v2
        """;

    private static readonly string[] s_columns =
    [
        "workspace", "hash", "name", "size", "path", "upload_name", "folded_name", "state", "owner", "lease_until", "attempts", "sending", "delivery", "blob_path", "checksums",
        "submission_id", "asset_id", "status", "note", "error_system", "error_status", "error_code", "error_message", "error_concern", "created_at", "updated_at",
    ];

    /// <summary>Moves the rows.</summary>
    public static async Task RunAsync(DbConnection connection, DbTransaction transaction, CancellationToken stop)
    {
        // First of all: this waits for what an older module is about to store, and keeps it from storing more.
        await ExecuteAsync(connection, transaction, "alter table mediamagic_files rename to mediamagic_files_v2", stop).ConfigureAwait(false);
        List<Row> rows = await ReadAsync(connection, transaction, stop).ConfigureAwait(false);
        Dictionary<string, string> workspaces = WorkspacesOf(rows);
        HashSet<(string Workspace, string Folded)> names = [];
        HashSet<(string Workspace, string BlobPath)> blobs = [];
        IEnumerable<(string Workspace, Row Row)> files = rows
            .Select(row => (Workspace: workspaces.TryGetValue(row.Workspace, out string? known) ? known : row.Workspace, Row: row))
            .GroupBy(static file => (file.Workspace, file.Row.Hash, file.Row.Name))
            .Select(static same => same
                .OrderByDescending(static file => file.Row.Delivery)
                .ThenByDescending(static file => file.Row.SubmissionId is not null)
                .ThenByDescending(static file => file.Row.UpdatedAt)
                .First());

        // Two rows may name one blob path. It stays with the one that was submitted under it, or may have been.
        foreach ((string workspace, Row row) in files.OrderByDescending(static file => file.Row.Delivery).ThenBy(static file => file.Row.IsCollision))
        {
            row.HasBlob = row.BlobPath is string path && blobs.Add((workspace, path));
            string name = UniqueName.Of(row.Name, row.Hash).Prepend(row.UploadName).First(candidate => names.Add((workspace, FoldedName.Of(candidate))));
            await InsertAsync(connection, transaction, row, workspace, name, stop).ConfigureAwait(false);
        }
    }

    // The workspace of a key is the first segment of the blob paths that the service gave it.
    private static Dictionary<string, string> WorkspacesOf(List<Row> rows) => rows
        .Where(static row => row.BlobPath?.IndexOf('/') > 0)
        .GroupBy(static row => row.Workspace)
        .ToDictionary(static label => label.Key, static label => WorkspaceName.Of(label.Key, label.First().BlobPath!.Split('/')[0]));

    private static async Task<List<Row>> ReadAsync(DbConnection connection, DbTransaction transaction, CancellationToken stop)
    {
        using DbCommand command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = Old;
        using DbDataReader reader = await command.ExecuteReaderAsync(stop).ConfigureAwait(false);
        List<Row> rows = [];
        while (await reader.ReadAsync(stop).ConfigureAwait(false))
        {
            rows.Add(new Row(reader));
        }

        return rows;
    }

    private static async Task InsertAsync(DbConnection connection, DbTransaction transaction, Row row, string workspace, string name, CancellationToken stop)
    {
        OldError? error = row.Error is null ? null : OldError.Read(row.Error);
        object?[] values =
        [
            workspace, row.Hash, row.Name, row.Size, row.Path, name, FoldedName.Of(name), row.State, row.Owner, row.LeaseUntil, row.Attempts, 0L, (long)row.Delivery, row.BlobPath, row.BlobPath is null ? null : string.Empty,
            row.SubmissionId, row.AssetId, row.Status, row.Note, error?.System, error?.Status ?? 0L, error?.Code, error?.Message,
            (long)row.Concern, row.CreatedAt, row.UpdatedAt,
        ];
        using DbCommand command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // The columns are constants, and values go as parameters.
        command.CommandText = $"insert into mediamagic_assets ({string.Join(", ", s_columns)}) values ({string.Join(", ", s_columns.Select(static column => "@" + column))})";
#pragma warning restore CA2100
        for (int i = 0; i < values.Length; i++)
        {
            DbParameter parameter = command.CreateParameter();
            parameter.ParameterName = s_columns[i];
            parameter.DbType = values[i] is long ? DbType.Int64 : DbType.String;
            parameter.Value = values[i] ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }

        await command.ExecuteNonQueryAsync(stop).ConfigureAwait(false);
    }

    private static async Task ExecuteAsync(DbConnection connection, DbTransaction transaction, string sql, CancellationToken stop)
    {
        using DbCommand command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // It is a constant.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(stop).ConfigureAwait(false);
    }

    private sealed class Row(DbDataReader reader)
    {
        private readonly bool _unclear = LedgerRow.Number(reader, 10) != 0;
        private readonly bool _retryable = LedgerRow.Number(reader, 11) != 0;
        private readonly string _state = reader.GetString(6);
        private readonly string? _blobPath = LedgerRow.Text(reader, 12);
        private readonly string? _error = LedgerRow.Text(reader, 16);

        /// <summary>Gets or sets a value indicating whether the blob path stays with the row.</summary>
        public bool HasBlob { get; set; } = true;

        public string Workspace { get; } = reader.GetString(0);

        public string Hash { get; } = reader.GetString(1);

        public string Name { get; } = reader.GetString(2);

        public long Size { get; } = LedgerRow.Number(reader, 3);

        public string Path { get; } = reader.GetString(4);

        public string UploadName { get; } = reader.GetString(5);

        public string Owner { get; } = reader.GetString(7);

        public long LeaseUntil { get; } = LedgerRow.Number(reader, 8);

        public long Attempts { get; } = LedgerRow.Number(reader, 9);

        public string? BlobPath => HasBlob ? _blobPath : null;

        /// <summary>Gets a value indicating whether the row failed because another one has its blob path. It was never submitted under that.</summary>
        public bool IsCollision => !_unclear && _error?.StartsWith(ErrorCode.BlobPathCollision, StringComparison.Ordinal) == true;

        public string? SubmissionId { get; } = LedgerRow.Text(reader, 13);

        public string? AssetId { get; } = LedgerRow.Text(reader, 14);

        public string? Status { get; } = LedgerRow.Text(reader, 15);

        public long CreatedAt { get; } = LedgerRow.Number(reader, 17);

        public long UpdatedAt { get; } = LedgerRow.Number(reader, 18);

        // Version 2 did not store whether an attempt before a rejection may have worked.
        public Delivery Delivery => SubmissionId is not null || IsSubmitted ? Delivery.Accepted
            : _unclear || (_state == LedgerState.Failed && _blobPath is not null && (HasBlob || !IsCollision)) ? Delivery.Unknown
            : Delivery.NotSent;

        public string State => Delivery == Delivery.Unknown ? LedgerState.Submitting
            : _state == LedgerState.Uploaded && BlobPath is null ? LedgerState.Claimed
            : _state;

        public string? Note => IsSubmitted ? _error : null;

        public string? Error => IsSubmitted ? null : _error;

        public Concern Concern => _state == LedgerState.Failed && !_retryable ? Concern.File : Concern.Service;

        private bool IsSubmitted => _state is LedgerState.Submitted or LedgerState.Complete;
    }
}
