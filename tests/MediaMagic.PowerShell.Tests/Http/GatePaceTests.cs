using System;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Client;
using Xunit;

namespace MediaMagic.Tests.Http;

/// <summary>A rate limit costs what it asks for, and slows no session that does not reach it.</summary>
public sealed class GatePaceTests
{
    private const string Read = """{"submissionId":"s1","status":"complete"}""";
    private static readonly TimeSpan s_latency = TimeSpan.FromMilliseconds(5);
    private readonly FakeClock _clock = new();

    [Fact]
    public void Seven_reads_take_ten_seconds_when_one_is_answered_429_with_retry_after_10()
    {
        using MediaMagicClient client = TestClient.With(Service(request => request == 4 ? 10 : null), _clock);
        ReadOneByOne(client, 7);
        Assert.Equal(TimeSpan.FromSeconds(10) + (8 * s_latency), _clock.Elapsed);
        Assert.Null(client.Gates.Single().RequestsPerMinute);
    }

    [Fact]
    public void Creates_are_not_slowed_by_429s_with_retry_after_0()
    {
        Answers answers = Service(request => request % 20 == 0 ? 0 : null);
        using MediaMagicClient client = TestClient.With(answers, _clock);
        _clock.Run(async () =>
        {
            for (int i = 0; i < 200; i++)
            {
                await client.Submissions.CreateAsync(new NewSubmission($"w/{i}.mp4"));
            }

            return 0;
        });
        Assert.Equal(210, answers.Asked.Count);
        Assert.Equal(210 * s_latency, _clock.Elapsed);
        Assert.Equal(10, client.RateLimited);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Calls_are_as_fast_as_before_after_two_429s(int retryAfter)
    {
        using MediaMagicClient client = TestClient.With(Service(request => request is 30 or 61 ? retryAfter : null), _clock);
        ReadOneByOne(client, 80);
        Assert.Equal((82 * s_latency) + TimeSpan.FromSeconds(2 * retryAfter), _clock.Elapsed);
        TimeSpan before = _clock.Elapsed;
        ReadOneByOne(client, 100);
        Assert.Equal(100 * s_latency, _clock.Elapsed - before);
    }

    [Fact]
    public void Callers_at_once_wait_only_for_a_429_that_one_of_them_got()
    {
        using MediaMagicClient client = TestClient.With(Service(request => request == 10 ? 3 : null), _clock);
        ReadAtOnce(client, 40);
        ReadAtOnce(client, 40);
        Assert.Equal(TimeSpan.FromSeconds(3) + (3 * s_latency), _clock.Elapsed);
    }

    [Fact]
    public void Limit_by_the_minute_is_used_up_with_hardly_a_refusal()
    {
        const int PerMinute = 300;
        int minute = -1;
        int used = 0;
        int accepted = 0;
        int refused = 0;
        Answers answers = Service(_ =>
        {
            int now = (int)_clock.Elapsed.TotalMinutes;
            (minute, used) = now == minute ? (minute, used + 1) : (now, 1);

            // The first minute shows the limit.
            bool counts = now > 0;
            if (used <= PerMinute)
            {
                accepted += counts ? 1 : 0;
                return null;
            }

            refused += counts ? 1 : 0;
            return (int)Math.Ceiling((TimeSpan.FromMinutes(now + 1) - _clock.Elapsed).TotalSeconds);
        });
        using MediaMagicClient client = TestClient.With(answers, _clock);
        ReadUntil(client, callers: 16, TimeSpan.FromMinutes(8));
        double share = accepted / (PerMinute * (_clock.Elapsed.TotalMinutes - 1));
        double part = (double)refused / (refused + accepted);
        Assert.True(share >= 0.95, $"Only {share:P1} of the limit was used.");
        Assert.True(part < 0.02, $"{part:P1} of the requests were refused.");
    }

    [Fact]
    public void Pace_is_forgotten_after_the_service_has_accepted_much_more()
    {
        // One hundred requests use up a limit, which is gone ten seconds later.
        TimeSpan lifted = TimeSpan.FromSeconds(10);
        Answers answers = Service(request => request > 100 && _clock.Elapsed < lifted ? 10 : null);
        using MediaMagicClient client = TestClient.With(answers, _clock);
        ReadUntil(client, callers: 8, TimeSpan.FromSeconds(30));
        Assert.InRange(client.Gates.Single().RequestsPerMinute!.Value, 500, 700);
        ReadUntil(client, callers: 8, TimeSpan.FromSeconds(75));
        Assert.Null(client.Gates.Single().RequestsPerMinute);

        TimeSpan before = _clock.Elapsed;
        ReadAtOnce(client, 64);
        Assert.Equal(s_latency, _clock.Elapsed - before);
    }

    [Fact]
    public void Single_429_does_not_slow_a_pace()
    {
        // One hundred requests use up a limit. The 150th request is refused by chance.
        TimeSpan lifted = TimeSpan.FromSeconds(10);
        Answers answers = Service(request => (request > 100 && _clock.Elapsed < lifted) || request == 150 ? 10 : null);
        using MediaMagicClient client = TestClient.With(answers, _clock);
        ReadUntil(client, callers: 8, TimeSpan.FromSeconds(11));
        double pace = client.Gates.Single().RequestsPerMinute!.Value;
        ReadUntil(client, callers: 8, TimeSpan.FromSeconds(30));
        Assert.Contains(150, Enumerable.Range(1, answers.Asked.Count));
        Assert.InRange(client.Gates.Single().RequestsPerMinute!.Value, pace, 1.1 * pace);
    }

    [Fact]
    public void Callers_that_stop_waiting_leave_their_turns_to_others()
    {
        // One hundred requests use up a limit.
        TimeSpan lifted = TimeSpan.FromSeconds(10);
        Answers answers = Service(request => request > 100 && _clock.Elapsed < lifted ? 10 : null);
        using MediaMagicClient client = TestClient.With(answers, _clock);
        ReadUntil(client, callers: 8, TimeSpan.FromSeconds(11));
        Assert.InRange(client.Gates.Single().RequestsPerMinute!.Value, 500, 700);
        _clock.Run(async () =>
        {
            using CancellationTokenSource stop = new();
            Task[] calls = [.. Enumerable.Range(0, 100).Select(i => client.Submissions.GetAsync($"s{i}", stop.Token))];
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(calls));
            return 0;
        });
        TimeSpan before = _clock.Elapsed;
        ReadOneByOne(client, 1);
        Assert.InRange(_clock.Elapsed - before, s_latency, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void Pace_is_forgotten_when_it_does_not_end_the_429s()
    {
        // After the limit is gone, every tenth request is refused, however slowly they come.
        TimeSpan lifted = TimeSpan.FromSeconds(10);
        Answers answers = Service(request => request > 100 && _clock.Elapsed < lifted ? 10 : request % 10 == 0 && _clock.Elapsed >= lifted ? 1 : null);
        using MediaMagicClient client = TestClient.With(answers, _clock);
        ReadUntil(client, callers: 8, TimeSpan.FromSeconds(20));
        Assert.Null(client.Gates.Single().RequestsPerMinute);
    }

    // A service that answers after its latency: with a 429 that asks for so many seconds, or else with a success.
    private Answers Service(Func<int, int?> retryAfter)
    {
        int requests = 0;
        return new Answers().Add(async (_, stop) =>
        {
            await _clock.Delay(s_latency, stop);
            if (retryAfter(++requests) is not int seconds)
            {
                return new HttpResponseMessage { Content = new StringContent(Read) };
            }

            HttpResponseMessage refusal = new(HttpStatusCode.TooManyRequests) { Content = new StringContent(Vectors.Read("rate-limit-429")) };
            refusal.Headers.TryAddWithoutValidation("Retry-After", seconds.ToString(CultureInfo.InvariantCulture));
            return refusal;
        });
    }

    private void ReadOneByOne(MediaMagicClient client, int calls) => _clock.Run(async () =>
    {
        for (int i = 0; i < calls; i++)
        {
            await client.Submissions.GetAsync("s1");
        }

        return 0;
    });

    private void ReadAtOnce(MediaMagicClient client, int calls) =>
        _clock.Run(() => Task.WhenAll(Enumerable.Range(0, calls).Select(i => client.Submissions.GetAsync($"s{i}"))));

    private void ReadUntil(MediaMagicClient client, int callers, TimeSpan end) => _clock.Run(async () =>
    {
        await Task.WhenAll(Enumerable.Range(0, callers).Select(async i =>
        {
            while (_clock.Elapsed < end)
            {
                await client.Submissions.GetAsync($"s{i}");
            }
        }));
        return 0;
    });
}
