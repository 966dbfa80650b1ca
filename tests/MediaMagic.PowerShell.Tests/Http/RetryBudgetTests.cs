using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Client;
using MediaMagic.Http;
using Xunit;

namespace MediaMagic.Tests.Http;

/// <summary>The retry budget of a session: it delays retries, and never fails a call.</summary>
public sealed class RetryBudgetTests
{
    private const string Read = """{"submissionId":"s1"}""";
    private const int FreeRetries = 50;
    private static readonly TimeSpan s_wait = TimeSpan.FromSeconds(5);
    private readonly FakeClock _clock = new();

    [Fact]
    public void Take_does_not_wait_while_there_are_tokens()
    {
        RetryBudget budget = new(_clock);
        List<TimeSpan> told = [];
        Assert.Equal(500, budget.Tokens);
        for (int retry = 1; retry <= FreeRetries; retry++)
        {
            Assert.True(TakeAsync(budget, told).IsCompletedSuccessfully);
            Assert.Equal(500 - (retry * 10), budget.Tokens);
        }

        Assert.Empty(told);
        Assert.Equal(TimeSpan.Zero, _clock.Elapsed);
    }

    [Fact]
    public void Take_waits_for_tokens_and_says_how_long_when_there_are_too_few()
    {
        RetryBudget budget = Spent();
        List<TimeSpan> told = [];
        _clock.Run(() => TakeAsync(budget, told));
        Assert.Equal((s_wait, 0), (_clock.Elapsed, budget.Tokens));
        Assert.Equal([s_wait], told);
    }

    [Fact]
    public void Take_serves_retries_in_their_order()
    {
        RetryBudget budget = Spent();
        List<string> served = [];
        _clock.Run(async () =>
        {
            await Task.WhenAll(ServeAsync("first"), ServeAsync("second"), ServeAsync("third"));
            return 0;
        });
        Assert.Equal(["first 5", "second 10", "third 15"], served);

        async Task ServeAsync(string name)
        {
            await TakeAsync(budget);
            served.Add($"{name} {_clock.Elapsed.TotalSeconds:0}");
        }
    }

    [Fact]
    public void Succeeded_returns_one_token()
    {
        RetryBudget budget = Spent();
        for (int success = 1; success <= 10; success++)
        {
            budget.Succeeded();
            Assert.Equal(success, budget.Tokens);
        }

        Assert.True(TakeAsync(budget).IsCompletedSuccessfully);
        Assert.Equal(0, budget.Tokens);
    }

    [Fact]
    public void Succeeded_shortens_a_wait_that_has_begun()
    {
        RetryBudget budget = Spent();
        Task<int> retry = TakeAsync(budget);
        for (int success = 0; success < 6; success++)
        {
            budget.Succeeded();
        }

        _clock.Run(() => retry);
        Assert.Equal(TimeSpan.FromSeconds(2), _clock.Elapsed);
    }

    [Fact]
    public void Tokens_return_with_time_and_never_exceed_the_budget()
    {
        RetryBudget budget = Spent();
        _clock.Advance(10);
        Assert.Equal(20, budget.Tokens);
        _clock.Advance(3600);
        budget.Succeeded();
        Assert.Equal(500, budget.Tokens);
    }

    [Fact]
    public void Take_costs_the_same_when_the_session_was_idle()
    {
        RetryBudget budget = new(_clock);
        _clock.Advance(60);
        Assert.True(TakeAsync(budget).IsCompletedSuccessfully);
        Assert.Equal(490, budget.Tokens);
    }

    [Fact]
    public async Task Take_returns_its_tokens_when_the_wait_is_cancelled()
    {
        RetryBudget budget = Spent();
        using CancellationTokenSource stop = new();
        Task retry = budget.TakeAsync(static _ => { }, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => retry);
        _clock.Run(() => TakeAsync(budget));
        Assert.Equal(s_wait, _clock.Elapsed);
    }

    [Fact]
    public void Lone_call_has_all_its_attempts_at_its_own_pace()
    {
        Answers answers = new Answers { Clock = _clock }.Status(500);
        using MediaMagicClient client = TestClient.With(answers, _clock, options => options.Random = static () => 0);
        MediaMagicException failure = _clock.Fails(() => client.Submissions.GetAsync("s1"));
        Assert.Equal((ErrorCode.ServerError, 4), (failure.Error.Code, failure.Error.Attempts));
        Assert.Equal((double[])[0, 1, 3, 7], answers.Times.Select(static time => time.TotalSeconds));
    }

    [Fact]
    public void Lone_call_has_all_its_attempts_when_it_uses_up_the_budget()
    {
        Answers answers = new Answers { Clock = _clock }.Status(500);
        using MediaMagicClient client = Eager(answers, attempts: 100);
        MediaMagicException failure = _clock.Fails(() => client.Submissions.GetAsync("s1"));
        Assert.Equal((ErrorCode.ServerError, 100), (failure.Error.Code, failure.Error.Attempts));
        Assert.All(answers.Times.Take(FreeRetries + 1), static time => Assert.Equal(TimeSpan.Zero, time));
        Assert.Equal((99 - FreeRetries) * s_wait, _clock.Elapsed);
    }

    [Fact]
    public void Observer_is_told_of_a_retry_that_waits_for_tokens()
    {
        Onlooker onlooker = new();
        using MediaMagicClient client = Eager(new Answers().Status(500), attempts: FreeRetries + 2);
        _clock.Fails(() => client.Observed(onlooker).Submissions.GetAsync("s1"));
        Assert.Equal(["GET /api/integrations/submissions/s1 waits 5 s: the session's retry budget is used up"], onlooker.Waits);
    }

    [Fact]
    public void Failing_service_gets_only_the_retries_that_the_budget_allows()
    {
        const int Calls = 60;
        Answers answers = new Answers { Clock = _clock }.Status(500);
        using MediaMagicClient client = Eager(answers, attempts: 3);
        int[] attempts = _clock.Run(() => Task.WhenAll(Enumerable.Range(0, Calls).Select(AttemptsAsync)));
        Assert.All(attempts, static count => Assert.Equal(3, count));

        TimeSpan[] paid = [.. answers.Times.Skip(Calls + FreeRetries)];
        Assert.Equal((2 * Calls) - FreeRetries, paid.Length);
        Assert.All(paid.Index(), retry => Assert.True(retry.Item >= (retry.Index + 1) * s_wait, $"Retry {retry.Index} went at {retry.Item}."));

        async Task<int> AttemptsAsync(int call)
        {
            MediaMagicException failure = await Assert.ThrowsAsync<MediaMagicException>(() => client.Submissions.GetAsync($"s{call}"));
            return failure.Error.Attempts;
        }
    }

    [Fact]
    public void Rate_limits_take_no_tokens()
    {
        Answers answers = new Answers().Status(429, "{}", ("Retry-After", "1")).Status(429, "{}", ("Retry-After", "1")).Status(200, Read);
        using MediaMagicClient client = Eager(answers, attempts: 4);
        _clock.Run(() => client.Submissions.GetAsync("s1"));
        Assert.Equal((3, 500), (answers.Asked.Count, client.RetryTokens));
    }

    [Fact]
    public void Cancelled_call_that_waits_for_tokens_is_not_sent_again()
    {
        Answers answers = new Answers().Status(500);
        using MediaMagicClient client = Eager(answers, attempts: 100);
        using CancellationTokenSource stop = new();
        Task<Submission> read = client.Submissions.GetAsync("s1", stop.Token);
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => _clock.Run(() => read));
        Assert.Equal((FreeRetries + 1, TimeSpan.Zero), (answers.Asked.Count, _clock.Elapsed));
    }

    [Fact]
    public void Session_shows_the_tokens_of_its_client()
    {
        Answers answers = new Answers().Status(500).Status(500).Status(200, Read);
        using MediaMagicClient client = Eager(answers, attempts: 4);
        MMSession session = new("default", client);
        Assert.Equal((500, 500), (session.RetryTokens, client.RetryTokens));
        _clock.Run(() => client.Observed(new Onlooker()).Submissions.GetAsync("s1"));
        Assert.Equal((481, 481), (session.RetryTokens, client.RetryTokens));
        Assert.Equal(7, new MMSession { RetryTokens = 7 }.RetryTokens);
    }

    private static async Task<int> TakeAsync(RetryBudget budget, List<TimeSpan>? told = null)
    {
        await budget.TakeAsync(wait => told?.Add(wait), CancellationToken.None);
        return 0;
    }

    private RetryBudget Spent()
    {
        RetryBudget budget = new(_clock);
        for (int retry = 0; retry < FreeRetries; retry++)
        {
            Assert.True(TakeAsync(budget).IsCompletedSuccessfully);
        }

        return budget;
    }

    // Only the budget makes its retries wait.
    private MediaMagicClient Eager(Answers answers, int attempts) => TestClient.With(answers, _clock, options =>
    {
        options.RetryBaseDelay = TimeSpan.Zero;
        options.MaxAttempts = attempts;
        options.CircuitBreaker = false;
    });
}
