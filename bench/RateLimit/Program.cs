using System;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Client;
using MediaMagic.Simulator;

namespace MediaMagic.Bench.RateLimit;

/// <summary>
/// How much of a rate limit that it was not told the client uses: 64 callers that always want more, against the simulator.
/// Arguments: requests a minute (600), minutes to measure after the first (3), callers (64).
/// </summary>
internal static class Program
{
    private static async Task Main(string[] arguments)
    {
        int limit = Argument(arguments, 0, 600);
        int minutes = Argument(arguments, 1, 3);
        int callers = Argument(arguments, 2, 64);
        foreach (RateLimitMode mode in new[] { RateLimitMode.FixedWindow, RateLimitMode.TokenBucket })
        {
            await MeasureAsync(mode, limit, minutes, callers);
        }
    }

    private static async Task MeasureAsync(RateLimitMode mode, int limit, int minutes, int callers)
    {
        using SimulatorServer simulator = SimulatorServer.Start(new SimulatorOptions
        {
            RateLimitMode = mode,
            RateLimits = new System.Collections.Generic.Dictionary<string, int> { ["*"] = limit },
        });
        using MediaMagicClient client = new(simulator.ApiKey, new MediaMagicClientOptions { BaseUri = simulator.BaseUri });
        long accepted = 0;
        long errors = 0;
        using CancellationTokenSource end = new(TimeSpan.FromMinutes(minutes + 1));
        Stopwatch clock = Stopwatch.StartNew();
        Task[] calls = [.. Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            while (!end.IsCancellationRequested)
            {
                try
                {
                    await client.Submissions.GetAsync(Guid.Empty.ToString(), end.Token);
                }
                catch (OperationCanceledException)
                {
                    return;
                }
                catch (MediaMagicException failure) when (failure.Error.StatusCode == 404)
                {
                    Interlocked.Increment(ref accepted); // The limiter let it through; that there is no such submission is beside the point.
                }
                catch (MediaMagicException)
                {
                    Interlocked.Increment(ref errors);
                }
            }
        }))];
        await Task.Delay(TimeSpan.FromMinutes(1));
        (long acceptedBefore, long refusedBefore, TimeSpan begin) = (Interlocked.Read(ref accepted), client.RateLimited, clock.Elapsed);
        await Task.WhenAll(calls);
        double measured = (clock.Elapsed - begin).TotalMinutes;
        long got = accepted - acceptedBefore;
        long refused = client.RateLimited - refusedBefore;
        Console.WriteLine(string.Format(
            CultureInfo.InvariantCulture,
            "{0,-12} limit {1}/min, {2} callers, {3:0.0} min after the first window: {4} accepted = {5:P1} of the limit; {6} answered 429 = {7:P2}; {8} calls failed",
            mode,
            limit,
            callers,
            measured,
            got,
            got / (limit * measured),
            refused,
            (double)refused / (got + refused),
            errors));
    }

    private static int Argument(string[] arguments, int index, int standard) =>
        arguments.Length > index ? int.Parse(arguments[index], CultureInfo.InvariantCulture) : standard;
}
