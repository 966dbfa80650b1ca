using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Bulk;
using Xunit;

namespace MediaMagic.Tests.Bulk;

/// <summary>A folder with files and ledgers, and a service that ends with the test.</summary>
[Collection(BulkGroup.Name)]
public abstract class LedgerTest<T>(PostgresServer postgres, T service) : IDisposable
    where T : IDisposable
{
    private int _ledgers;

    protected PostgresServer Postgres { get; } = postgres;

    protected T Service { get; } = service;

    protected string Folder { get; } = Directory.CreateTempSubdirectory("mm-bulk-").FullName;

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        Service.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Returns a ledger that is not there yet.</summary>
    protected string NewLedger(Engine engine) => engine == Engine.Postgres
        ? Postgres.NewDatabase()
        : Path.Combine(Folder, string.Create(CultureInfo.InvariantCulture, $"run{Interlocked.Increment(ref _ledgers)}.db"));

    /// <summary>Writes a file of its own content, and returns its path.</summary>
    protected string Add(string name, string? text = null)
    {
        string path = Path.Combine(Folder, "files", name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text ?? $"A claim that wants proof: {name}.");
        return path;
    }

    /// <summary>Writes files, each of its own content.</summary>
    protected string[] AddMany(int count) => [.. Enumerable.Range(0, count).Select(i => Add(string.Create(CultureInfo.InvariantCulture, $"file{i:0000}.txt")))];

    /// <summary>Returns what the ledger says, sorted by path.</summary>
    protected static async Task<List<LedgerEntry>> ReadAsync(string ledger)
    {
        using LedgerReader reader = await LedgerReader.OpenAsync(ledger, CancellationToken.None);
        List<LedgerEntry> entries = [];
        while (await reader.NextAsync(CancellationToken.None) is LedgerEntry entry)
        {
            entries.Add(entry);
        }

        return [.. entries.OrderBy(static entry => entry.Path, StringComparer.Ordinal)];
    }
}
