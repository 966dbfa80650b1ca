using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Bulk;
using MediaMagic.Client;
using Xunit;

namespace MediaMagic.Tests.Bulk;

/// <summary>A folder, a simulator and ledgers for a test of bulk runs.</summary>
[Collection(BulkGroup.Name)]
public abstract class BulkTest(PostgresServer postgres) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mm-bulk-").FullName;
    private int _ledgers;

    protected PostgresServer Postgres { get; } = postgres;

    protected SimulatorFixture Service { get; } = new();

    protected string Folder => _folder;

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        Service.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A ledger that is not there yet.</summary>
    protected string NewLedger(Engine engine) => engine == Engine.Postgres
        ? Postgres.NewDatabase()
        : Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"run{Interlocked.Increment(ref _ledgers)}.db"));

    /// <summary>A file of its own content.</summary>
    protected string Add(string name, string? text = null)
    {
        string path = Path.Combine(_folder, "files", name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text ?? $"A claim that wants proof: {name}.");
        return path;
    }

    /// <summary>So many files, each of its own content.</summary>
    protected string[] AddMany(int count) => [.. Enumerable.Range(0, count).Select(i => Add(string.Create(CultureInfo.InvariantCulture, $"file{i:0000}.txt")))];

    /// <summary>Runs over the files to the end and returns what became of them.</summary>
    protected async Task<List<SubmitResult>> RunAsync(string? ledger, IEnumerable<string> files, Action<BulkOptions>? change = null, MediaMagicClient? client = null)
    {
        ConcurrentQueue<SubmitResult> results = [];
        BulkOptions options = new() { Ledger = ledger, PollInterval = TimeSpan.FromMilliseconds(20), LedgerPatience = TimeSpan.FromSeconds(20) };
        change?.Invoke(options);
        using BulkRun run = await BulkRun.StartAsync(client ?? NewClient(), options, (result, _) => results.Enqueue(result));
        foreach (string file in files)
        {
            await run.AddAsync(file);
        }

        await run.CompleteAsync();
        return [.. results];
    }

    /// <summary>A client that remembers nothing of earlier runs.</summary>
    protected MediaMagicClient NewClient(Action<MediaMagicClientOptions>? change = null) => Service.ClientOf(Service.Simulator.ApiKey, options =>
    {
        options.CircuitBreaker = false;
        options.MaxRetryDelay = TimeSpan.FromMilliseconds(50);
        change?.Invoke(options);
    });

    /// <summary>Waits for a state of the service; one that never comes about fails the test.</summary>
    protected Task ServiceAsync(Func<bool> condition) => Service.Simulator.WaitForAsync(condition).WaitAsync(TimeSpan.FromMinutes(2));

    /// <summary>What the ledger says.</summary>
    protected static async Task<List<LedgerEntry>> ReadAsync(string ledger)
    {
        using LedgerReader reader = await LedgerReader.OpenAsync(ledger, CancellationToken.None);
        List<LedgerEntry> entries = [];
        while (await reader.NextAsync(CancellationToken.None) is LedgerEntry entry)
        {
            entries.Add(entry);
        }

        return entries;
    }

    /// <summary>Every file was accepted once, and nothing else was.</summary>
    protected void AssertOnce(int files)
    {
        IReadOnlyDictionary<string, int> accepted = Service.Simulator.AcceptedBlobPaths;
        Assert.All(accepted, pair => Assert.Equal(1, pair.Value));
        Assert.Equal(files, accepted.Count);
        Assert.Empty(Service.Simulator.Violations);
    }
}
