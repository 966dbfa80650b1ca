using System;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Client;
using Polly;
using Polly.Retry;

namespace MediaMagic.Bench.RetryBudget;

/// <summary>
/// How much traffic a service gets that answers many reads with 500: from the module, and from a plain HttpClient whose retries are as many
/// and as far apart, but which has no budget for them. Arguments: seconds for each case (60), callers (16).
/// </summary>
internal static class Program
{
    private const int Attempts = 4;
    private static readonly TimeSpan s_baseDelay = TimeSpan.FromSeconds(0.5);

    private static async Task Main(string[] arguments)
    {
        TimeSpan time = TimeSpan.FromSeconds(Argument(arguments, 0, 60));
        int callers = Argument(arguments, 1, 16);
        foreach (double failing in new[] { 0, 0.05, 0.4, 1 })
        {
            using (FailingService service = new(failing))
            using (MediaMagicClient client = new(Key(), new MediaMagicClientOptions { BaseUri = service.Address, CircuitBreaker = false, MaxAttempts = Attempts, RetryBaseDelay = s_baseDelay }))
            {
                await MeasureAsync("with a budget", failing, service, time, callers, async stop =>
                {
                    try
                    {
                        await client.Submissions.GetAsync("s", stop);
                        return true;
                    }
                    catch (MediaMagicException)
                    {
                        return false;
                    }
                });
            }

            using (FailingService service = new(failing))
            using (HttpClient client = new() { BaseAddress = service.Address })
            {
                ResiliencePipeline<HttpResponseMessage> pipeline = Plain();
                await MeasureAsync("without", failing, service, time, callers, async stop =>
                {
                    using HttpResponseMessage answer = await pipeline.ExecuteAsync(async token => await client.GetAsync("api/integrations/submissions/s", token), stop);
                    return answer.IsSuccessStatusCode;
                });
            }
        }
    }

    private static string Key() => "sk_test_" + string.Concat(Enumerable.Repeat("0123456789abcdef", 4));

    private static ResiliencePipeline<HttpResponseMessage> Plain() => new ResiliencePipelineBuilder<HttpResponseMessage>()
        .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
        {
            MaxRetryAttempts = Attempts - 1,
            Delay = s_baseDelay,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            ShouldHandle = static arguments => new ValueTask<bool>(arguments.Outcome.Result is { IsSuccessStatusCode: false }),
            OnRetry = static arguments =>
            {
                arguments.Outcome.Result?.Dispose();
                return default;
            },
        })
        .Build();

    private static async Task MeasureAsync(string name, double failing, FailingService service, TimeSpan time, int callers, Func<CancellationToken, Task<bool>> call)
    {
        long worked = 0;
        long failed = 0;
        Stopwatch clock = Stopwatch.StartNew();
        using CancellationTokenSource end = new(time);
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            while (!end.IsCancellationRequested)
            {
                try
                {
                    if (await call(end.Token))
                    {
                        Interlocked.Increment(ref worked);
                    }
                    else
                    {
                        Interlocked.Increment(ref failed);
                    }
                }
                catch (OperationCanceledException)
                {
                    return;
                }
            }
        })));
        Console.WriteLine(string.Format(
            CultureInfo.InvariantCulture,
            "{0:P0} answered 500, {1} callers for {2:0} s, {3,-13}: {4} requests ({7:0.0} a second); {5} calls worked, {6} failed after all attempts",
            failing,
            callers,
            clock.Elapsed.TotalSeconds,
            name,
            service.Requests,
            worked,
            failed,
            service.Requests / clock.Elapsed.TotalSeconds));
    }

    private static int Argument(string[] arguments, int index, int standard) =>
        arguments.Length > index ? int.Parse(arguments[index], CultureInfo.InvariantCulture) : standard;
}
