using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Threading.Tasks;
using MediaMagic.Simulator;
using Xunit;
using Xunit.Abstractions;

namespace MediaMagic.Tests.Transfer;

/// <summary>A process that is killed in the middle of an upload, and one that takes the upload up. MEDIAMAGIC_SOAK=1: a hundred of them.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Blocks = 32;
    private const int MostInFlight = 16;

    [Fact]
    public async Task A_killed_upload_is_taken_up_and_only_blocks_in_flight_are_sent_again()
    {
        int kills = Environment.GetEnvironmentVariable("MEDIAMAGIC_SOAK") == "1" ? 100 : 5;
        using SimulatorFixture fixture = new();
        using TempFile file = new(Blocks * 8 * 1024 * 1024);
        string sha256 = file.Sha256;
        SimulatorServer simulator = fixture.Simulator;
        simulator.AddFault(new SimulatorFault { Endpoint = "PUT block", DelayMs = 40, Count = 0 });
        Random random = new(1);
        long most = 0;
        long resent = 0;
        int done = 0;
        for (int kill = 0; kill < kills;)
        {
            string state = Path.Combine(file.Folder, "state");
            long before = simulator.BlockUploads;
            int commits = CommitsOf(simulator);
            using (Process agent = Start(simulator, file.Path, state))
            {
                // From before the first block to after the last.
                await UntilAsync(simulator, before + random.Next(0, Blocks + 1), random.Next(0, 40), agent);
                agent.Kill();
                await agent.WaitForExitAsync();
                await Task.Delay(100);
                if (CommitsOf(simulator) > commits && !HasJournal(state))
                {
                    // It was quicker: the blob is there, and there is nothing to take up.
                    Assert.Equal(sha256, simulator.FindBlob(simulator.WorkspaceId + "/clip.mp4")!.Sha256);
                    done++;
                    continue;
                }
            }

            using (Process agent = Start(simulator, file.Path, state))
            {
                string path = await agent.StandardOutput.ReadToEndAsync();
                await agent.WaitForExitAsync();
                Assert.Equal(0, agent.ExitCode);
                BlobInfo blob = simulator.FindBlob(path.Trim())!;
                Assert.Equal(sha256, blob.Sha256);
            }

            long again = simulator.BlockUploads - before - Blocks;
            Assert.InRange(again, 0, MostInFlight);
            most = Math.Max(most, again);
            resent += again;
            kill++;
            Assert.Empty(Directory.GetFiles(state));
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{kills} kills ({done} further ones came too late); blocks sent again: {resent} in all, {most} at the most after one kill"));
        Assert.Empty(simulator.Violations);
    }

    private static int CommitsOf(SimulatorServer simulator) => simulator.FindBlob(simulator.WorkspaceId + "/clip.mp4")?.CommitCount ?? 0;

    private static bool HasJournal(string state) => Directory.Exists(state) && Directory.GetFiles(state, "*.json").Length > 0;

    private static async Task UntilAsync(SimulatorServer simulator, long blocks, int milliseconds, Process agent)
    {
        while (simulator.BlockUploads < blocks && !agent.HasExited)
        {
            await Task.Delay(2);
        }

        await Task.Delay(milliseconds);
    }

    private static Process Start(SimulatorServer simulator, string path, string state)
    {
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        string agent = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "UploadAgent", configuration, "UploadAgent.dll"));
        ProcessStartInfo info = new("dotnet", [agent, simulator.BaseUri.AbsoluteUri, simulator.ApiKey, path, state]) { RedirectStandardOutput = true };
        return Process.Start(info)!;
    }
}
