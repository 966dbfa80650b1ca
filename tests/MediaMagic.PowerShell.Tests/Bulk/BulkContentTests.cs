using System;
using System.IO;
using System.IO.Hashing;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Bulk;
using MediaMagic.Client;
using MediaMagic.Tests.Transfer;
using MediaMagic.Transfer;
using Xunit;

namespace MediaMagic.Tests.Bulk;

/// <summary>What a run checked is what it sends.</summary>
public sealed class BulkContentTests(PostgresServer postgres) : ServiceTest(postgres)
{
    private const int Kilo = 1024;
    private const int Mebi = 1024 * Kilo;

    [Theory]
    [InlineData("plain.txt", Kilo)]
    [InlineData("plain.txt", 200 * Kilo)]
    [InlineData("with space.txt", Kilo)]
    [InlineData("middle.txt", 5 * Mebi)]
    [InlineData("large.txt", 9 * Mebi)]
    public async Task A_run_submits_nothing_when_a_file_was_replaced_by_one_of_equal_length_and_time(string name, int length)
    {
        string ledger = NewLedger(Engine.Sqlite);
        (string before, string after) = (new string('a', length), new string('b', length));
        string file = Add(name, before);
        SubmitResult result = await SubmitAsync(ledger, file, () => ReplacedFile.Put(file, Encoding.ASCII.GetBytes(after)));
        Assert.Equal(SubmitState.Failed, result.State);
        Assert.StartsWith(ErrorCode.FileChanged, result.Error, StringComparison.Ordinal);
        Assert.Empty(Service.Blobs);
        Assert.Empty(Service.Created);
        Assert.Equal(after, await File.ReadAllTextAsync(file));

        // The new content is another file for the ledger.
        Assert.Equal(SubmitState.Submitted, (await SubmitAsync(ledger, file)).State);
        Assert.Equal(after, Assert.Single(Service.Accepted).Content);

        // The old content was never sent, so it is not done, and nothing is wrong with it.
        ReplacedFile.Put(file, Encoding.ASCII.GetBytes(before));
        Assert.Equal(SubmitState.Submitted, (await SubmitAsync(ledger, file)).State);
        Assert.Equal([after, before], Service.Accepted.Select(static asset => asset.Content));
    }

    [Theory, SqliteData, PostgresData]
    public async Task A_run_stores_the_checksums_of_a_group(Engine engine)
    {
        string ledger = NewLedger(engine);
        string[] files = AddMany(2);
        AssertAll(SubmitState.Submitted, 2, await RunAsync(ledger, files, static options => options.AssetsPerSubmission = 2));
        await AssertChecksumsAsync(ledger, files);
    }

    [Theory, SqliteData, PostgresData]
    public async Task A_run_stores_the_checksums_of_single_files(Engine engine)
    {
        string ledger = NewLedger(engine);
        string[] files = [.. AddMany(2), Add("with space.txt")];
        AssertAll(SubmitState.Submitted, 3, await RunAsync(ledger, files));
        await AssertChecksumsAsync(ledger, files);
    }

    private static async Task AssertChecksumsAsync(string ledger, string[] files)
    {
        string[] expected = [.. files.Select(static file => $"{Path.GetFileName(file)}|{Crc64.HashToUInt64(Crc64ParameterSet.Nvme, File.ReadAllBytes(file)):x16}").Order(StringComparer.Ordinal)];
        Assert.Equal(expected, await TestLedger.AskAsync(ledger, "select name, checksums from mediamagic_assets order by name"));
    }

    // The first commit after a file is added claims it: by then it is checked, and not yet open for its upload.
    private async Task<SubmitResult> SubmitAsync(string ledger, string file, Action? whenClaimed = null)
    {
        SubmitResult? told = null;
        Action? next = null;
        using MediaMagicClient client = Service.NewClient();
        client.Transfer.Limits = new TransferOptions { DirectLimit = 4 * Mebi, BlocksFrom = (8 * Mebi) + 1 };
        BulkOptions options = OptionsOf(ledger);
        options.Boundary = () => Interlocked.Exchange(ref next, null)?.Invoke();
        using BulkRun run = await BulkRun.StartAsync(client, options, (result, _) => told = result);
        next = whenClaimed;
        await run.AddAsync(file);
        await run.CompleteAsync();
        return told!;
    }
}
