using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using MediaMagic.Simulator;
using Xunit;
using Xunit.Abstractions;

namespace MediaMagic.Tests.Bulk;

/// <summary>Bulk runs that are killed at any moment, and run again until all is done. MEDIAMAGIC_SOAK=1: a hundred kills over runs of 500 files.</summary>
public sealed class BulkKillTests(PostgresServer postgres, ITestOutputHelper output) : BulkTest(postgres)
{
    private static readonly bool s_soak = Environment.GetEnvironmentVariable("MEDIAMAGIC_SOAK") == "1";
    private static readonly int s_kills = s_soak ? 100 : 4;
    private static readonly int s_killsARun = s_soak ? 10 : 2;
    private readonly Random _random = TestSeed.NewRandom(output);

    [Theory, SqliteData, PostgresData]
    public async Task A_killed_run_is_gone_on_with_and_every_file_is_submitted_once(Engine engine)
    {
        int files = s_soak ? 500 : 120;
        for (int done = 0, round = 0; done < s_kills; round++)
        {
            using Round next = new(this, engine, round, files, assets: round % 2 == 1 ? 4 : 1);
            done += await next.KillUntilDoneAsync(1, Math.Min(s_killsARun, s_kills - done), restart: false);
        }
    }

    [Theory, SqliteData, PostgresData]
    public async Task Four_processes_are_killed_in_turn_and_every_file_is_submitted_once(Engine engine)
    {
        int files = s_soak ? 500 : 150;
        for (int done = 0, round = 0; done < s_kills; round++)
        {
            using Round next = new(this, engine, 1000 + round, files, assets: 1);
            done += await next.KillUntilDoneAsync(4, Math.Min(s_killsARun, s_kills - done), restart: engine == Engine.Postgres);
        }
    }

    /// <summary>One ledger and its files, with a simulator of their own.</summary>
    private sealed class Round : IDisposable
    {
        private readonly BulkKillTests _test;
        private readonly SimulatorFixture _service = new();
        private readonly string _folder;
        private readonly string _ledger;
        private readonly int _files;
        private readonly int _assets;

        public Round(BulkKillTests test, Engine engine, int number, int files, int assets)
        {
            (_test, _files, _assets) = (test, files, assets);
            _ledger = test.NewLedger(engine);
            _folder = Path.Combine(test.Folder, string.Create(CultureInfo.InvariantCulture, $"round{number}"));
            Directory.CreateDirectory(_folder);
            foreach (int i in Enumerable.Range(0, files))
            {
                File.WriteAllText(Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"clip{i:000}.txt")), $"A claim that wants proof {number} {i}.");
            }

            LoseAnswers();
        }

        // Files and not submissions, of which there are fewer.
        private int Accepted => _service.Simulator.AcceptedBlobPaths.Count;

        /// <summary>Kills at random requests until enough are killed or all is accepted, then runs to the end and counts.</summary>
        public async Task<int> KillUntilDoneAsync(int processes, int most, bool restart)
        {
            int kills = 0;
            bool restarted = !restart;
            List<Process> running = [.. Enumerable.Range(0, processes).Select(_ => Start())];
            while (kills < most && Accepted < _files)
            {
                TaskCompletionSource goOn = await ReachAsync(_test._random.Next(1, _files / 4), running);
                if (!restarted && kills >= most / 2)
                {
                    _test.Postgres.Stop();
                    _test.Postgres.Start();
                    restarted = true;
                }

                int victim = _test._random.Next(running.Count);
                if (!running[victim].HasExited && Accepted < _files)
                {
                    kills++;
                    running[victim].Kill();
                    await running[victim].WaitForExitAsync();
                }

                _service.Simulator.ClearFaults();
                LoseAnswers();
                goOn.SetResult();
                running[victim].Dispose();
                running[victim] = Start();
            }

            foreach (Process process in running)
            {
                await process.WaitForExitAsync();
                process.Dispose();
            }

            await FinishAsync();
            IReadOnlyDictionary<string, int> accepted = _service.Simulator.AcceptedBlobPaths;
            Assert.All(accepted, pair => Assert.Equal(1, pair.Value));
            Assert.Equal(_files, accepted.Count);
            Assert.Empty(_service.Simulator.Violations);
            List<LedgerEntry> entries = await ReadAsync(_ledger);
            Assert.Equal(_files, entries.Count);
            Assert.All(entries, entry => Assert.Equal(LedgerState.Submitted, entry.State));
            Assert.All(entries, entry => Assert.True(entry.SubmissionId is null != entry.Error is null, $"{entry.Path} {entry.SubmissionId} {entry.Error}"));
            Assert.All(entries.Where(entry => entry.SubmissionId is not null), entry => Assert.Contains(entry.SubmissionId, _service.Simulator.SubmissionIdsFor(entry.BlobPath!)));
            _test.Tell($"{kills} kills over {_files} files in {processes} processes, {_assets} a submission: every file once; {entries.Count(entry => entry.SubmissionId is null)} ids lost with their answers");
            return kills;
        }

        public void Dispose() => _service.Dispose();

        // Reruns until nothing is left; a dead process's files are free at once, so that two are enough.
        private async Task FinishAsync()
        {
            _service.Simulator.ClearFaults();
            for (int rerun = 0; rerun < 3; rerun++)
            {
                using Process process = Start();
                await process.WaitForExitAsync();
                Assert.Equal(0, process.ExitCode);
            }
        }

        // Some kills meet a process whose further requests all wait, to be dropped or done when it is dead; the others meet one in full run.
        private async Task<TaskCompletionSource> ReachAsync(int requests, List<Process> running)
        {
            TaskCompletionSource goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
            long target = _service.Simulator.RequestCount + requests;
            if (_test._random.Next(2) == 0)
            {
                DropConnection drop = _test._random.Next(2) == 0 ? DropConnection.Before : DropConnection.None;
                _service.Simulator.AddFault(new SimulatorFault { Endpoint = "POST *", Count = requests });
                _service.Simulator.AddFault(new SimulatorFault { Endpoint = "POST *", Until = goOn.Task, DropConnection = drop, Count = 0 });
                target++;
            }

            Task ended = Task.WhenAll(running.Select(process => process.WaitForExitAsync()));
            await Task.WhenAny(_service.Simulator.WaitForAsync(() => _service.Simulator.RequestCount >= target), ended).WaitAsync(TimeSpan.FromMinutes(5));
            return goOn;
        }

        private void LoseAnswers() => _service.Simulator.AddFault(new SimulatorFault
        {
            Endpoint = "POST /submissions",
            DropConnection = DropConnection.After,
            Probability = 0.01,
            Count = 0,
        });

        private Process Start()
        {
            string configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
            string agent = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "BulkAgent", configuration, "BulkAgent.dll"));
            string[] arguments =
            [
                agent, _service.Simulator.BaseUri.AbsoluteUri, _service.Simulator.ApiKey, _ledger, _folder, _assets.ToString(CultureInfo.InvariantCulture),
            ];
            Process process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
            process.OutputDataReceived += static (_, _) => { };
            process.BeginOutputReadLine();
            return process;
        }
    }

    private void Tell(string line) => output.WriteLine(line);
}
