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
        Random random = TestSeed.NewRandom(output);
        long most = 0;
        long resent = 0;
        for (int kill = 0; kill < kills; kill++)
        {
            string state = Path.Combine(file.Folder, "state");
            long before = simulator.BlockUploads;
            await KillAsync(simulator, () => Start(simulator, file.Path, state), random);
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
            Assert.Empty(Directory.GetFiles(state));
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{kills} kills; blocks sent again: {resent} in all, {most} at the most after one kill"));
        Assert.Empty(simulator.Violations);
    }

    // At the request for the address, at any block or at the list of blocks. From there on all requests wait, or the list alone,
    // until the process is dead; then they are dropped or done.
    private static async Task KillAsync(SimulatorServer simulator, Func<Process> start, Random random)
    {
        int passed = random.Next(Blocks + 2);
        bool all = random.Next(2) == 0;
        TaskCompletionSource goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
        SimulatorFault hold = new() { Endpoint = all ? "*" : "PUT blocklist", Until = goOn.Task, Count = 0 };
        hold.DropConnection = random.Next(2) == 0 ? DropConnection.Before : DropConnection.None;
        if (all && passed > 0)
        {
            simulator.AddFault(new SimulatorFault { Count = passed });
        }

        simulator.AddFault(hold);
        long target = simulator.RequestCount + passed + 1;
        using Process agent = start();
        await simulator.WaitForAsync(() => simulator.RequestCount >= target).WaitAsync(TimeSpan.FromMinutes(5));
        agent.Kill();
        await agent.WaitForExitAsync();
        goOn.SetResult();
        await simulator.WaitForAsync(() => simulator.OpenRequests == 0).WaitAsync(TimeSpan.FromMinutes(5));
        simulator.ClearFaults();
    }

    private static Process Start(SimulatorServer simulator, string path, string state)
    {
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        string agent = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "UploadAgent", configuration, "UploadAgent.dll"));
        ProcessStartInfo info = new("dotnet", [agent, simulator.BaseUri.AbsoluteUri, simulator.ApiKey, path, state]) { RedirectStandardOutput = true };
        return Process.Start(info)!;
    }
}
