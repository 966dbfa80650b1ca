using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Client;
using MediaMagic.Simulator;
using Xunit;
using Xunit.Abstractions;

namespace MediaMagic.Tests.Client;

/// <summary>Creates under every fault there is: nothing accepted twice, and every outcome told truthfully.</summary>
public sealed class ExactlyOnceTests(ITestOutputHelper output)
{
    private const int Runs = 10_000;

    // So many faults would use up the retry budget of one session, and the test would wait for it in real time.
    private const int RunsPerSession = 40;
    private const int Workers = 8;
    private const int Seed = 20260603;

    [Fact]
    public async Task Ten_thousand_creates_under_faults()
    {
        using SimulatorFixture service = new(options => (options.Seed, options.DiscardBlobContent) = (Seed, true));
        AddFaults(service.Simulator);
        ConcurrentDictionary<string, int> counts = new(StringComparer.Ordinal);
        ConcurrentBag<string> lies = [];
        int next = 0;
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Run(async () =>
        {
            for (int session = Interlocked.Increment(ref next); session <= Runs / RunsPerSession; session = Interlocked.Increment(ref next))
            {
                using MediaMagicClient client = service.ClientOf(service.Simulator.ApiKey, options =>
                {
                    options.CircuitBreaker = false;
                    options.RetryBaseDelay = TimeSpan.FromMilliseconds(0.1);
                    options.Timeout = TimeSpan.FromMilliseconds(500);
                    options.Handler = () => new UnreachableAtTimes(Seed + session);
                });
                for (int run = 0; run < RunsPerSession; run++)
                {
                    string path = await service.UploadAsync($"run-{session}-{run}.txt");
                    await CreateAsync(service.Simulator, client, path, counts, lies);
                }
            }
        })));

        foreach (KeyValuePair<string, int> count in counts.OrderBy(count => count.Key, StringComparer.Ordinal))
        {
            output.WriteLine($"{count.Key,-50} {count.Value,6}");
        }

        Assert.Empty(lies);
        Assert.Equal(Runs, counts.Values.Sum());
        Assert.All(service.Simulator.AcceptedBlobPaths, path => Assert.Equal(1, path.Value));
        Assert.True(
            Told(ErrorCode.SubmissionOutcomeUnknown, accepted: true) > 100
            && Told(ErrorCode.SubmissionOutcomeUnknown, accepted: false) > 10
            && Told(ErrorCode.AssetAlreadySubmitted, accepted: true) > 100,
            "The faults did not bring about enough different outcomes.");
        int Told(string code, bool accepted) => counts.GetValueOrDefault($"{code}, {Truth(accepted)}");
    }

    private static void AddFaults(SimulatorServer simulator)
    {
        void Add(double probability, Action<SimulatorFault> set)
        {
            SimulatorFault fault = new() { Endpoint = "POST /submissions", Count = int.MaxValue, Probability = probability };
            set(fault);
            simulator.AddFault(fault);
        }

        Add(0.08, fault => fault.DropConnection = DropConnection.Before);
        Add(0.08, fault => fault.DropConnection = DropConnection.After);
        Add(0.08, fault => fault.Status = 500);
        Add(0.08, fault => (fault.Status, fault.AfterWork) = (500, true));
        Add(0.04, fault => fault.Status = 502);
        Add(0.04, fault => (fault.Status, fault.AfterWork) = (502, true));
        Add(0.03, fault => (fault.Status, fault.AfterWork) = (503, true));
        Add(0.02, fault => (fault.Status, fault.AfterWork, fault.Body) = (201, true, "{\"submissionId\":"));
        Add(0.002, fault => (fault.DelayMs, fault.AfterWork) = (800, true));
    }

    private static string Truth(bool accepted) => accepted ? "in truth accepted" : "in truth not accepted";

    private static async Task CreateAsync(
        SimulatorServer simulator, MediaMagicClient client, string path, ConcurrentDictionary<string, int> counts, ConcurrentBag<string> lies)
    {
        string told;
        bool? claim;
        string? id = null;
        try
        {
            id = (await client.Submissions.CreateAsync(new NewSubmission(path))).SubmissionId;
            (told, claim) = ("accepted", true);
        }
        catch (MediaMagicException failure)
        {
            told = failure.Error.Code;
            claim = failure.Delivery switch
            {
                Delivery.Accepted => true,
                Delivery.Unknown => null,
                _ => false,
            };
        }

        bool accepted = simulator.SubmissionIdsFor(path).Count > 0;
        counts.AddOrUpdate($"{told}, {Truth(accepted)}", 1, (_, count) => count + 1);
        if ((claim is bool said && said != accepted) || (id is not null && !simulator.SubmissionIdsFor(path).Contains(id)))
        {
            lies.Add($"{path}: told '{told}', {Truth(accepted)}");
        }
    }

    /// <summary>Now and then the service cannot be reached, before anything is sent.</summary>
    private sealed class UnreachableAtTimes(int seed) : DelegatingHandler(new SocketsHttpHandler())
    {
        private readonly Random _random = new(seed);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            _random.NextDouble() < 0.05 ? throw new HttpRequestException("Connection refused") : base.SendAsync(request, cancellationToken);
    }
}
