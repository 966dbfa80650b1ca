using System;
using System.Collections.Generic;
using System.Data.Common;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Bulk;
using MediaMagic.Errors;
using MediaMagic.Transfer;
using Xunit;

namespace MediaMagic.Tests.Bulk;

/// <summary>Ledgers as single runs use them, files that are nowhere but there, and what the database itself holds.</summary>
internal static class TestLedger
{
    public const string Workspace = "https://service.test/ sandbox w1";

    /// <summary>Opens the ledger for a run that keeps its files for an hour.</summary>
    public static async Task<RunLedger> OpenAsync(string ledger, string workspace = Workspace)
    {
        RunLedger run = await RunLedger.OpenAsync(DialectOf(ledger), TimeSpan.FromHours(1), TimeSpan.FromSeconds(20), TimeProvider.System, null, CancellationToken.None);
        run.Use(workspace);
        return run;
    }

    /// <summary>Opens the ledger, and claims the first file.</summary>
    public static async Task<(RunLedger Run, BulkFile File)> ClaimAsync(string ledger, params ulong[] sums)
    {
        RunLedger run = await OpenAsync(ledger);
        BulkFile file = NewFile(1, null, sums);
        await run.ClaimAsync(file, retryFailed: false);
        return (run, file);
    }

    /// <summary>Opens the ledger, and begins to send a create of the first file.</summary>
    public static async Task<(RunLedger Run, BulkFile File)> SendAsync(string ledger)
    {
        (RunLedger run, BulkFile file) = await ClaimAsync(ledger);
        file.BlobPath = "w1/a.txt";
        Assert.True(await run.SendingAsync(file));
        return (run, file);
    }

    /// <summary>Ends runs: their owners are known to be gone.</summary>
    public static async Task CloseAsync(params RunLedger[] runs)
    {
        foreach (RunLedger run in runs)
        {
            await run.CloseAsync();
            run.Dispose();
        }
    }

    /// <summary>Returns a SHA-256 that begins with the number.</summary>
    public static string HashOf(int number) => number.ToString("x8", CultureInfo.InvariantCulture) + new string('0', 56);

    /// <summary>Returns a file whose content is told by the number.</summary>
    public static BulkFile NewFile(int number, string? name = null, params ulong[] sums)
    {
        name ??= string.Create(CultureInfo.InvariantCulture, $"file{number:00}.txt");
        FileIdentity identity = new("/files/" + name, 10, DateTime.UnixEpoch);
        return new BulkFile(identity.Path, name, "text/plain", new ContentDigest(HashOf(number), identity, sums));
    }

    /// <summary>Returns an error as a ledger stores it.</summary>
    public static ApiError NewError(Concern concern, int status = 422, string code = ErrorCode.ValidationFailed) =>
        LocalErrors.Stored(ErrorSystem.MediaMagic, status, code, "No.", concern, Delivery.Rejected);

    /// <summary>Runs statements in the database.</summary>
    public static async Task ExecuteAsync(string ledger, string sql)
    {
        using DbConnection connection = await DialectOf(ledger).OpenAsync(create: true, CancellationToken.None);
        using DbCommand command = CommandOf(connection, sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Returns the rows of a query, each as its values with bars between them.</summary>
    public static async Task<List<string>> AskAsync(string ledger, string sql)
    {
        using DbConnection connection = await DialectOf(ledger).OpenAsync(create: true, CancellationToken.None);
        using DbCommand command = CommandOf(connection, sql);
        using DbDataReader reader = await command.ExecuteReaderAsync();
        List<string> rows = [];
        while (await reader.ReadAsync())
        {
            rows.Add(string.Join("|", Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "-" : Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture))));
        }

        return rows;
    }

    /// <summary>Locks the ledger as another process does, until the connection is disposed.</summary>
    public static async Task<DbConnection> LockAsync(string ledger, string sql)
    {
        DbConnection connection = await DialectOf(ledger).OpenAsync(create: true, CancellationToken.None);
        using DbCommand command = CommandOf(connection, sql);
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    private static LedgerDialect DialectOf(string ledger) => LedgerDialect.Of(LedgerAddress.Parse(ledger));

    private static DbCommand CommandOf(DbConnection connection, string sql)
    {
        DbCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // The tests write it.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command;
    }
}
