using System;
using System.Collections.Generic;
using System.Data.Common;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using MediaMagic.Bulk;
using MediaMagic.Transfer;
using Xunit;

namespace MediaMagic.Tests.Bulk;

/// <summary>Ledgers that an earlier version of the module made.</summary>
public sealed class LedgerVersionTests(PostgresServer postgres) : BulkTest(postgres)
{
    /// <summary>Version 1 as it was written, to be kept as it is.</summary>
    private const string First =
        """
        create table mediamagic_ledger (version bigint not null);
        insert into mediamagic_ledger (version) values (1);
        create table mediamagic_files (
            workspace text not null,
            hash text not null,
            name text not null,
            size bigint not null,
            path text not null,
            upload_name text not null,
            upload_key text not null,
            state text not null,
            owner text not null,
            lease_until bigint not null,
            attempts integer not null,
            unclear integer not null,
            retryable integer not null,
            blob_path text,
            submission_id text,
            asset_id text,
            status text,
            error text,
            created_at bigint not null,
            updated_at bigint not null,
            primary key (workspace, hash, name),
            unique (workspace, upload_key)
        );
        create index mediamagic_files_leased on mediamagic_files (owner) where lease_until > 0;
        create index mediamagic_files_blob on mediamagic_files (workspace, blob_path);
        """;

    // Rows belonged to a key, and belong to a workspace.
    private const string Label = "https://api.test/ sk_test_...ab12 abcdef";
    private const string Workspace = "https://api.test/ sandbox w";

    [Theory, SqliteData, PostgresData]
    public async Task A_ledger_of_the_first_version_is_gone_on_with(Engine engine)
    {
        string ledger = NewLedger(engine);
        LedgerDialect dialect = LedgerDialect.Of(LedgerAddress.Parse(ledger));
        await WriteAsync(dialect, First + Row(1, "Submitted", 0, "'s1'") + Row(2, "Submitting", 1, "null"));
        Assert.Equal(["s1", null], (await ReadAsync(ledger)).OrderBy(static entry => entry.Path).Select(static entry => entry.SubmissionId));

        // The first to open it updates it, and the others wait for that.
        RunLedger[] runs = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ =>
            RunLedger.OpenAsync(dialect, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(20), TimeProvider.System, null, default)));
        Array.ForEach(runs, static run => run.Use(Workspace));
        LedgerClaim done = await ClaimAsync(runs[0], File(1));
        Assert.Equal((false, LedgerState.Submitted, Delivery.Accepted, "s1"), (done.Won, done.Row.State, done.Row.Delivery, done.Row.SubmissionId));
        LedgerClaim begun = await ClaimAsync(runs[1], File(2));
        Assert.Equal((true, LedgerState.Submitting, Delivery.Unknown, "w/file2.txt", true), (begun.Won, begun.Row.State, begun.Row.Delivery, begun.Row.BlobPath, begun.Row.IsUploaded));
        LedgerClaim other = await ClaimAsync(runs[2], File(3, "FILE1.txt"));
        Assert.Equal((true, $"FILE1-{Hash(3)[..8]}.txt"), (other.Won, other.Row.UploadName));
        Assert.False((await ClaimAsync(runs[3], File(2))).Won);
        foreach (RunLedger run in runs)
        {
            await run.CloseAsync();
            run.Dispose();
        }

        List<LedgerEntry> entries = await ReadAsync(ledger);
        Assert.Equal(3, entries.Count);
        Assert.All(entries, static entry => Assert.Equal(Workspace, entry.Workspace));

        // An older module that still runs finds no table to work on.
        await Assert.ThrowsAnyAsync<DbException>(() => WriteAsync(dialect, "delete from mediamagic_files"));
    }

    private static Task<LedgerClaim> ClaimAsync(RunLedger run, BulkFile file) => run.ClaimAsync(file, retryFailed: false);

    private static async Task WriteAsync(LedgerDialect dialect, string sql)
    {
        using DbConnection connection = await dialect.OpenAsync(create: true, default);
        using DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private static string Row(int number, string state, int unclear, string submission) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        insert into mediamagic_files values ('{Label}', '{Hash(number)}', 'file{number}.txt', 10, '/files/file{number}.txt', 'file{number}.txt', 'FILE{number}.TXT',
            '{state}', 'somebody', 0, 1, {unclear}, 0, 'w/file{number}.txt', {submission}, null, null, null, 1, 1);
        """);

    private static string Hash(int number) => number.ToString("x8", CultureInfo.InvariantCulture) + new string('0', 56);

    private static BulkFile File(int number, string? name = null)
    {
        name ??= string.Create(CultureInfo.InvariantCulture, $"file{number}.txt");
        return new BulkFile("/files/" + name, name, "text/plain", new ContentDigest(Hash(number), new FileIdentity("/files/" + name, 10, DateTime.UnixEpoch), []));
    }
}
