using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading.Tasks;
using MediaMagic.Client;
using Xunit;

namespace MediaMagic.Tests.Http;

public sealed class GateTests
{
    private const string Read = """{"submissionId":"s1"}""";
    private readonly FakeClock _clock = new();

    [Fact]
    public void A_429_holds_every_caller_of_its_bucket_and_nobody_else()
    {
        Answers answers = new Answers { Clock = _clock }.Status(429, "{}", ("Retry-After", "30")).Status(200, Read);
        using MediaMagicClient client = TestClient.With(answers, _clock);
        _clock.Run(async () =>
        {
            Task<Submission>[] calls = [.. Enumerable.Range(0, 20).Select(i => client.Submissions.GetAsync($"s{i}"))];
            Task<List<WebhookSubscription>> other = client.Webhooks.ListAsync();
            await Task.WhenAll(calls);
            return 0;
        });
        int early = answers.Times.Count(time => time < TimeSpan.FromSeconds(30));
        Assert.Equal(2, early); // The refused one, and the webhook read.
        Assert.Equal(22, answers.Asked.Count);
    }

    [Fact]
    public void After_the_wait_traffic_does_not_storm_when_a_limit_was_used_up()
    {
        Answers answers = Storm(accepted: 10, refused: 30);
        using MediaMagicClient client = TestClient.With(answers, _clock);
        RunAtOnce(client, 40);
        int[] bySecond = [.. answers.Times.Where(time => time >= TimeSpan.FromSeconds(10)).GroupBy(time => (int)time.TotalSeconds).Select(second => second.Count())];
        Assert.Equal(30, bySecond.Sum());
        Assert.True(bySecond.Max() <= 2, $"{bySecond.Max()} in one second, where 10 in 10 seconds are allowed");
        Assert.Equal(59.4, client.Gates.Single().RequestsPerMinute!.Value, 0.1);
    }

    [Fact]
    public void A_caller_that_comes_while_the_gate_is_closed_for_long_is_told_at_once()
    {
        Answers answers = new Answers().Status(429, "{}", ("Retry-After", "500")).Status(200, Read);
        using MediaMagicClient client = TestClient.With(answers, _clock);
        Assert.Equal(ErrorCode.RateLimited, _clock.Fails(() => client.Submissions.GetAsync("s1")).Error.Code);
        _clock.Advance(TimeSpan.FromSeconds(100));
        MediaMagicException second = _clock.Fails(() => client.Submissions.GetAsync("s2"));
        Assert.Equal(ErrorCode.RateLimited, second.Error.Code);
        Assert.Equal(TimeSpan.FromSeconds(400), second.Error.RetryAfter);
        Assert.Equal(0, second.Error.Attempts);
        Assert.Single(answers.Asked);
        Assert.Equal(TimeSpan.FromSeconds(400), client.Gates.Single().ClosedFor);
    }

    [Fact]
    public void A_waiter_that_is_cancelled_leaves_at_once()
    {
        Answers answers = new Answers().Status(429, "{}", ("Retry-After", "30")).Status(200, Read);
        using MediaMagicClient client = TestClient.With(answers, _clock);
        using System.Threading.CancellationTokenSource stop = new();
        Task<Submission> call = client.Submissions.GetAsync("s1", stop.Token);
        Assert.False(call.IsCompleted);
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => _clock.Run(() => call));
        Assert.Equal(TimeSpan.Zero, _clock.Elapsed);
    }

    [Theory]
    [InlineData(true, 600)]
    [InlineData(false, 600)]
    [InlineData(true, 120)]
    [InlineData(false, 6000)]
    public void Finds_the_pace_of_a_limit_it_was_not_told(bool fixedWindow, int perMinute)
    {
        // Ten simulated minutes of 64 callers that always want more.
        Limit limit = new(_clock, fixedWindow, perMinute);
        using MediaMagicClient client = TestClient.With(new Answers { Clock = _clock }.Add(limit.Answer), _clock);
        TimeSpan end = TimeSpan.FromMinutes(10);
        _clock.Run(async () =>
        {
            await Task.WhenAll(Enumerable.Range(0, 64).Select(async i =>
            {
                while (_clock.Elapsed < end)
                {
                    try
                    {
                        await client.Submissions.GetAsync($"s{i}");
                    }
                    catch (MediaMagicException)
                    {
                        limit.Errors++;
                    }
                }
            }));
            return 0;
        });
        double minutes = _clock.Elapsed.TotalMinutes - 1;
        double share = limit.Accepted / (perMinute * minutes);
        double refused = (double)limit.Refused / (limit.Refused + limit.Accepted);
        Assert.True(share >= 0.95, $"only {share:P1} of the limit was used");
        Assert.True(refused < 0.02, $"{refused:P1} were refused");
        Assert.Equal(0, limit.Errors);
    }

    [Fact]
    public void Forgets_the_pace_after_a_while_without_refusals()
    {
        using MediaMagicClient client = TestClient.With(Storm(accepted: 1, refused: 3), _clock);
        RunAtOnce(client, 4);
        Assert.NotNull(client.Gates.Single().RequestsPerMinute);
        _clock.Advance(TimeSpan.FromMinutes(11));
        _clock.Run(() => client.Submissions.GetAsync("s1"));
        Assert.Null(client.Gates.Single().RequestsPerMinute);
    }

    [Fact]
    public void Learns_no_pace_when_one_call_alone_is_refused()
    {
        Answers answers = new Answers { Clock = _clock }.Status(200, Read).Status(429, "{}", ("Retry-After", "10")).Status(200, Read);
        using MediaMagicClient client = TestClient.With(answers, _clock);
        _clock.Run(() => client.Submissions.GetAsync("s1"));
        _clock.Run(() => client.Submissions.GetAsync("s1"));
        RunAtOnce(client, 7);
        Assert.Null(client.Gates.Single().RequestsPerMinute);
        Assert.Equal(TimeSpan.FromSeconds(10), _clock.Elapsed);
    }

    private static HttpResponseMessage AcceptedAnswer() => new() { Content = new StringContent(Read) };

    private static HttpResponseMessage RefusedAnswer(double seconds)
    {
        HttpResponseMessage response = new(HttpStatusCode.TooManyRequests) { Content = new StringContent("{}") };
        response.Headers.TryAddWithoutValidation("Retry-After", Math.Ceiling(seconds).ToString(System.Globalization.CultureInfo.InvariantCulture));
        return response;
    }

    // All of these are under way at once, and the limit is used up in the middle of them. What follows is accepted.
    private Answers Storm(int accepted, int refused)
    {
        Answers answers = new() { Clock = _clock };
        for (int i = 0; i < accepted + refused; i++)
        {
            bool isAccepted = i < accepted;
            answers.Add(async (_, stop) =>
            {
                await _clock.Delay(TimeSpan.FromMilliseconds(isAccepted ? 1 : 2), stop);
                return isAccepted ? AcceptedAnswer() : RefusedAnswer(10);
            });
        }

        return answers.Status(200, Read);
    }

    private void RunAtOnce(MediaMagicClient client, int calls) => _clock.Run(async () =>
    {
        await Task.WhenAll(Enumerable.Range(0, calls).Select(i => client.Submissions.GetAsync($"s{i}")));
        return 0;
    });

    /// <summary>A rate limit: a fixed window of a minute, or a bucket that fills evenly.</summary>
    private sealed class Limit(FakeClock clock, bool fixedWindow, int perMinute)
    {
        private static readonly TimeSpan s_latency = TimeSpan.FromMilliseconds(20);
        private TimeSpan _windowEnd;
        private double _tokens = perMinute / 10.0;
        private TimeSpan _filled;
        private int _used;

        public int Accepted { get; private set; }

        public int Refused { get; private set; }

        public int Errors { get; set; }

        public async Task<HttpResponseMessage> Answer(HttpRequestMessage _, System.Threading.CancellationToken stop)
        {
            await clock.Delay(s_latency, stop);
            double wait = fixedWindow ? Window() : Bucket();
            if (wait <= 0)
            {
                Accepted += clock.Elapsed > TimeSpan.FromMinutes(1) ? 1 : 0;
                return AcceptedAnswer();
            }

            Refused += clock.Elapsed > TimeSpan.FromMinutes(1) ? 1 : 0;
            return RefusedAnswer(wait);
        }

        private double Window()
        {
            if (clock.Elapsed >= _windowEnd)
            {
                _windowEnd = clock.Elapsed + TimeSpan.FromMinutes(1);
                _used = 0;
            }

            return _used++ < perMinute ? 0 : (_windowEnd - clock.Elapsed).TotalSeconds;
        }

        private double Bucket()
        {
            double rate = perMinute / 60.0;
            _tokens = Math.Min(perMinute / 10.0, _tokens + ((clock.Elapsed - _filled).TotalSeconds * rate));
            _filled = clock.Elapsed;
            if (_tokens < 1)
            {
                return (1 - _tokens) / rate;
            }

            _tokens--;
            return 0;
        }
    }
}
