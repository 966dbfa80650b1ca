using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Xunit;
using Xunit.Abstractions;

namespace MediaMagic.Tests.Bulk;

/// <summary>
/// Processes that open one new ledger at the same moment. MEDIAMAGIC_SOAK=1: two hundred, or as many as MEDIAMAGIC_PROCESSES says.
/// </summary>
public sealed class LedgerCampaignTests(PostgresServer postgres, ITestOutputHelper output) : BulkTest(postgres)
{
    private const string DefaultCount = "200";
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(20);
    private readonly int _count = Environment.GetEnvironmentVariable("MEDIAMAGIC_SOAK") == "1"
        ? int.Parse(Environment.GetEnvironmentVariable("MEDIAMAGIC_PROCESSES") ?? DefaultCount, CultureInfo.InvariantCulture)
        : TestSeed.NewRandom(output).Next(8, 17);

    // A few files for all of them, so that they also claim and submit at once.
    [Fact]
    public async Task Processes_that_begin_at_once_on_a_new_ledger_all_succeed_and_submit_every_file_once()
    {
        const int files = 12;
        AddMany(files);
        string ledger = NewLedger(Engine.Sqlite);
        await RunManyAsync(_count, ledger, Path.Combine(Folder, "files"));
        AssertOnce(files);
        Assert.All(await ReadAsync(ledger), static entry => Assert.Equal(LedgerState.Submitted, entry.State));
    }

    [Fact]
    public async Task Processes_that_begin_at_once_on_a_new_ledger_all_open_it()
    {
        string ledger = NewLedger(Engine.Sqlite);
        await RunManyAsync(_count, ledger, Directory.CreateDirectory(Path.Combine(Folder, "none")).FullName);
        Assert.Empty(await ReadAsync(ledger));
        Assert.Equal(["ok"], await TestLedger.AskAsync(ledger, "pragma integrity_check"));
    }

    // Each process waits until all are up, and then goes on at once.
    private async Task RunManyAsync(int count, string ledger, string folder)
    {
        List<Process> agents = [];
        try
        {
            for (int i = 0; i < count; i++)
            {
                agents.Add(Start(ledger, folder));
            }

            Assert.All(await Task.WhenAll(agents.Select(static agent => agent.StandardOutput.ReadLineAsync())).WaitAsync(s_limit), static line => Assert.Equal("Ready", line));
            DateTime began = DateTime.UtcNow;
            foreach (Process agent in agents)
            {
                agent.StandardInput.Close();
            }

            string[] said = await Task.WhenAll(agents.Select(static agent => agent.StandardOutput.ReadToEndAsync())).WaitAsync(s_limit);
            await Task.WhenAll(agents.Select(static agent => agent.WaitForExitAsync())).WaitAsync(s_limit);
            string[] failed = [.. said.Where((_, i) => agents[i].ExitCode != 0)];
            output.WriteLine($"{count} processes on one new ledger: {failed.Length} failed; the last one ended {(DateTime.UtcNow - began).TotalSeconds:0.0} s after the start");
            foreach (IGrouping<string, string> same in failed.GroupBy(static text => text))
            {
                output.WriteLine($"{same.Count()} times: {same.Key}");
            }

            Assert.Empty(failed);
        }
        finally
        {
            foreach (Process agent in agents)
            {
                if (!agent.HasExited)
                {
                    agent.Kill();
                }

                agent.Dispose();
            }
        }
    }

    private Process Start(string ledger, string folder)
    {
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        string agent = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "BulkAgent", configuration, "BulkAgent.dll"));
        string[] arguments = [agent, Service.Simulator.BaseUri.AbsoluteUri, Service.Simulator.ApiKey, ledger, folder, "1", "wait"];
        return Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
    }
}
