using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Bulk;
using MediaMagic.Client;
using Xunit;

namespace MediaMagic.Tests.Bulk;

/// <summary>Files of equal name and content in one run, of which one is submitted for all.</summary>
public sealed class BulkTwinTests(PostgresServer postgres) : ServiceTest(postgres)
{
    [Fact]
    public async Task A_run_submits_the_twin_of_a_file_that_is_gone()
    {
        string[] files = [Add("first.txt"), Add("a/clip.txt", "one content"), Add("b/clip.txt", "one content")];
        long[] lengths = [.. files.Select(static file => new FileInfo(file).Length)];
        List<SubmitResult> results = [];
        BulkRun? run = null;
        Action? next = null;
        BulkOptions options = OptionsOf(NewLedger(Engine.Sqlite));
        options.Boundary = () => Interlocked.Exchange(ref next, null)?.Invoke();
        using MediaMagicClient client = Service.NewClient();
        run = await BulkRun.StartAsync(client, options, (result, _) =>
        {
            lock (results)
            {
                results.Add(result);
            }
        });
        using (run)
        {
            // The commit that claims the first file waits until the others are checked, which are then claimed together.
            next = () =>
            {
                AssertChecked(run, lengths.Sum());
                File.Delete(files[1]);
            };
            await run.AddAsync(files[0]);
            await run.AddAsync(files[1]);
            AssertChecked(run, lengths[0] + lengths[1]);
            await run.AddAsync(files[2]);
            await run.CompleteAsync();
        }

        Assert.Equal([SubmitState.Submitted, SubmitState.Failed, SubmitState.Submitted], files.Select(file => results.Single(result => result.Path == file).State));
        Assert.Single(Service.Accepted, static asset => asset.Content == "one content");
    }

    private static void AssertChecked(BulkRun run, long bytes) => Assert.True(SpinWait.SpinUntil(() => run.Progress.Bytes == bytes, Limit));
}
