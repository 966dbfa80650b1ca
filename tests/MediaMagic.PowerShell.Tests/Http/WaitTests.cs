using System;
using System.Collections.Generic;
using MediaMagic.Bulk;
using MediaMagic.Client;
using MediaMagic.Errors;
using MediaMagic.Http;
using Xunit;

namespace MediaMagic.Tests.Http;

/// <summary>Who looks on is told of a long wait when it begins, and why it is.</summary>
public sealed class WaitTests
{
    private readonly FakeClock _clock = new();
    private readonly List<string> _told = [];

    [Fact]
    public void A_rate_limit()
    {
        Run(new Answers().Status(429, "{}", ("Retry-After", "12")).Status(200));
        Assert.Equal(
            ["0 s GET /api/integrations/submissions/s1 waits 12 s: the service limits submission_read requests", "12 s request after 2"],
            _told);
    }

    [Fact]
    public void A_failure_and_a_lost_answer()
    {
        Run(new Answers().Status(500).Status(502).Lost().Status(200));
        Assert.Equal(
            [
                "1 s GET /api/integrations/submissions/s1 waits 2 s: attempt 2 was answered 502",
                "3 s GET /api/integrations/submissions/s1 waits 4 s: attempt 3 had no answer",
                "7 s request after 4",
            ],
            _told);
    }

    [Fact]
    public void A_file_of_a_bulk_run()
    {
        Patience patience = new(_clock, new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1), () => 0), new Witness(this, wanted: true));
        ApiError error = new(new ErrorFacts { Code = ErrorCode.RateLimited, RetryAfter = TimeSpan.FromSeconds(90) });
        Assert.True(_clock.Run(() => patience.WaitAsync(error, 0, default)));
        Assert.Equal(["0 s A file waits 91 s: RateLimited"], _told);
    }

    [Fact]
    public void Nothing_where_nobody_wants_it()
    {
        Run(new Answers().Status(429, "{}", ("Retry-After", "12")).Status(200), wanted: false);
        Assert.Empty(_told);
    }

    [Fact]
    public void No_secret()
    {
        string id = "whsec_" + new string('x', 20);
        Run(new Answers().Status(429, "{}", ("Retry-After", "12")).Status(200), id: id);
        Assert.Contains("waits 12 s", _told[0], StringComparison.Ordinal);
        Assert.DoesNotContain(_told, line => line.Contains(new string('x', 20), StringComparison.Ordinal));
    }

    private void Run(Answers answers, bool wanted = true, string id = "s1")
    {
        using MediaMagicClient client = TestClient.With(answers, _clock, options => options.Random = () => 0);
        _clock.Run(() => client.Observed(new Witness(this, wanted)).Submissions.GetAsync(id));
    }

    private void Tell(string text) => _told.Add($"{_clock.Elapsed.TotalSeconds:0} s {text}");

    private sealed class Witness(WaitTests test, bool wanted) : RequestObserver
    {
        public override bool WantsRequests => wanted;

        public override void OnRequest(RequestRecord record) => test.Tell($"request after {record.Attempts}");

        public override void OnWait(string text) => test.Tell(text);
    }
}
