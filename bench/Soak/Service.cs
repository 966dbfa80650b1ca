using System;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using MediaMagic.Simulator;

namespace MediaMagic.Bench.Soak;

/// <summary>The simulator in its worst mood, in a process of its own, until it is told to end.</summary>
internal static class Service
{
    public static async Task RunAsync()
    {
        using SimulatorServer simulator = SimulatorServer.Start(new SimulatorOptions { ProcessingSeconds = 0.5, DiscardBlobContent = true });
        foreach ((string endpoint, int? status, DropConnection drop, int delay, double share) in new[]
        {
            ("*", 429, DropConnection.None, 0, 0.005),
            ("*", 500, DropConnection.None, 0, 0.01),
            ("*", 502, DropConnection.None, 0, 0.01),
            ("GET *", (int?)503, DropConnection.None, 0, 0.01),
            ("*", null, DropConnection.Before, 0, 0.01),
            ("*", null, DropConnection.After, 0, 0.01),
            ("*", null, DropConnection.None, 200, 0.02),
        })
        {
            simulator.AddFault(new SimulatorFault
            {
                Endpoint = endpoint,
                Status = status,
                DropConnection = drop,
                DelayMs = delay,
                Probability = share,
                RetryAfterSec = status == 429 ? 1 : null,
                Count = 0,
            });
        }

        await Console.Out.WriteLineAsync($"{simulator.BaseUri} {simulator.ApiKey}");
        await Console.In.ReadLineAsync();
        int twice = simulator.AcceptedBlobPaths.Values.Count(static count => count > 1);
        await Console.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"The service: {simulator.SubmissionCount} submissions accepted, blob paths accepted twice: {twice}, contract violations: {simulator.Violations.Count}"));
    }
}
