using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace MediaMagic.Simulator.Tests;

/// <summary>Misbehaviour on request.</summary>
public sealed class FaultTests : SimulatorTest
{
    [Fact]
    public async Task A_status_is_answered_as_often_as_told()
    {
        Server.AddFault(new SimulatorFault { Endpoint = "GET /webhooks/subscriptions", Status = 500, Count = 2 });
        Assert.Equal(2, Assert.Single(Server.Faults).Remaining);
        Assert.Equal("Internal server error", (await GetAsync("/webhooks/subscriptions")).Detail);
        Assert.Equal(1, Assert.Single(Server.Faults).Remaining);
        Assert.Equal(500, (await GetAsync("/webhooks/subscriptions")).Status);
        Assert.Equal(200, (await GetAsync("/webhooks/subscriptions")).Status);
        Assert.Empty(Server.Faults);
    }

    [Theory]
    [InlineData(402, "\"error_code\":\"tier_not_authorized_for_integrations_api\"")]
    [InlineData(409, "\"detail\":\"Asset already submitted\"")]
    [InlineData(422, "\"fields\":[")]
    [InlineData(429, "\"error\":\"Rate limit exceeded: too many webhook reads\"")]
    [InlineData(502, "\"detail\":\"Failed to load results from storage\"")]
    public async Task A_status_alone_has_its_documented_body(int status, string body)
    {
        Server.AddFault(new SimulatorFault { Endpoint = "*", Status = status });
        Answer answer = await GetAsync("/webhooks/subscriptions");
        Assert.Equal(status, answer.Status);
        Assert.Contains(body, answer.Raw);
    }

    [Fact]
    public async Task Body_type_headers_and_retry_after_are_as_told()
    {
        Server.AddFault(new SimulatorFault
        {
            Endpoint = "*",
            Status = 503,
            Body = "<h1>Übel</h1>",
            ContentType = "text/html",
            RetryAfterSec = 1.2,
            Headers = new Dictionary<string, string> { ["X-Gateway"] = "g1" },
        });
        Answer answer = await GetAsync("/webhooks/subscriptions");
        Assert.Equal("<h1>Übel</h1>", answer.Raw);
        Assert.Equal("text/html", answer.Headers["Content-Type"]);
        Assert.Equal("2", answer.Headers["Retry-After"]);
        Assert.Equal("g1", answer.Headers["X-Gateway"]);
    }

    [Fact]
    public async Task A_body_without_a_status_replaces_what_the_work_answered()
    {
        string path = await UploadAsync("a.mp4");
        Server.AddFault(new SimulatorFault { Endpoint = "POST /submissions", Body = "{\"submissionId\":" });
        Answer answer = await CreateAsync(path);
        Assert.Equal(201, answer.Status);
        Assert.Equal("{\"submissionId\":", answer.Raw);
        Assert.Equal(1, Server.AcceptedBlobPaths[path]);
    }

    [Fact]
    public async Task An_error_can_come_after_the_commit()
    {
        string path = await UploadAsync("a.mp4");
        Server.AddFault(new SimulatorFault { Endpoint = "POST /submissions", Status = 500, AfterWork = true });
        Assert.Equal(500, (await CreateAsync(path)).Status);
        Assert.Equal(409, (await CreateAsync(path)).Status);
        Assert.Equal(1, Server.AcceptedBlobPaths[path]);
    }

    [Fact]
    public async Task An_error_instead_of_the_work_does_none()
    {
        string path = await UploadAsync("a.mp4");
        Server.AddFault(new SimulatorFault { Endpoint = "POST /submissions", Status = 500 });
        Assert.Equal(500, (await CreateAsync(path)).Status);
        Assert.Equal(201, (await CreateAsync(path)).Status);
    }

    [Theory]
    [InlineData(DropConnection.Before, 0)]
    [InlineData(DropConnection.After, 1)]
    [InlineData(DropConnection.Within, 1)]
    public async Task A_connection_is_cut_before_or_after_the_work(DropConnection when, int accepted)
    {
        string path = await UploadAsync("a.mp4");
        Server.AddFault(new SimulatorFault { Endpoint = "POST /submissions", DropConnection = when });
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => CreateAsync(path));
        Assert.Equal(accepted, Server.AcceptedBlobPaths.GetValueOrDefault(path));
        Assert.Equal(0, Server.Requests[^1].Status);
        Assert.Equal(accepted == 1 ? 409 : 201, (await CreateAsync(path)).Status);
    }

    [Theory]
    [InlineData("GET /submissions/{submissionId}", "/submissions/abc", true)]
    [InlineData("GET /submissions/{anything}", "/submissions/abc/versions", false)]
    [InlineData("GET /submissions/*", "/submissions/abc/versions", true)]
    [InlineData("/submissions/abc", "/submissions/abc", true)]
    [InlineData("get /api/integrations/submissions/{id}", "/submissions/abc", true)]
    [InlineData("POST /submissions", "/submissions/abc", false)]
    [InlineData("* *", "/nowhere", true)]
    public async Task Endpoints_are_patterns(string endpoint, string path, bool meets)
    {
        Server.AddFault(new SimulatorFault { Endpoint = endpoint, Status = 599 });
        Assert.Equal(meets, (await GetAsync(path)).Status == 599);
    }

    [Theory]
    [InlineData("PUT blob", true, false)]
    [InlineData("PUT block", false, true)]
    [InlineData("* /blob/*", true, true)]
    public async Task Storage_has_faults_of_its_own(string endpoint, bool blob, bool block)
    {
        (string url, _) = await UploadUrlAsync("a.mp4");
        Server.AddFault(new SimulatorFault { Endpoint = endpoint, Status = 503, Count = 0 });
        Answer answer = await PutAsync(url, Mp4);
        Assert.Equal(blob ? "ServerBusy" : null, answer.ErrorCode);
        Assert.Equal(block ? 503 : 201, (await PutAsync(url + "&comp=block&blockid=AAAA", [1], null)).Status);
        Assert.Equal(200, (await GetAsync("/webhooks/subscriptions")).Status);
    }

    [Fact]
    public async Task A_fault_lasts_until_it_is_cleared()
    {
        Server.AddFault(new SimulatorFault { Endpoint = "*", Status = 500, Count = 0 });
        Answer[] answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => GetAsync("/webhooks/subscriptions")));
        Assert.All(answers, answer => Assert.Equal(500, answer.Status));
        Server.ClearFaults();
        Assert.Equal(200, (await GetAsync("/webhooks/subscriptions")).Status);
    }

    [Fact]
    public async Task A_count_is_exact_under_concurrency()
    {
        Server.AddFault(new SimulatorFault { Endpoint = "*", Status = 500, Count = 25 });
        Answer[] answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => GetAsync("/webhooks/subscriptions")));
        Assert.Equal(25, answers.Count(answer => answer.Status == 500));
    }

    [Fact]
    public async Task Chance_is_repeatable()
    {
        Options.Seed = 7;
        string first = await RunAsync(Server);
        using SimulatorServer again = SimulatorServer.Start(Options);
        Assert.Equal(first, await RunAsync(again));
        Assert.Contains('1', first);
        Assert.Contains('0', first);

        async Task<string> RunAsync(SimulatorServer server)
        {
            server.AddFault(new SimulatorFault { Endpoint = "*", Status = 500, Count = 0, Probability = 0.5 });
            string run = string.Empty;
            for (int i = 0; i < 40; i++)
            {
                using HttpResponseMessage response = await Http.GetAsync(new Uri(server.BaseUri, "api/integrations/x"));
                run += (int)response.StatusCode == 500 ? '1' : '0';
            }

            return run;
        }
    }

    [Fact]
    public async Task A_client_that_leaves_while_it_waits_is_noticed()
    {
        Server.AddFault(new SimulatorFault { Endpoint = "*", DelayMs = 60_000 });
        using CancellationTokenSource stop = new();
        Task<HttpResponseMessage> waiting = Http.GetAsync(new Uri(Server.BaseUri, "api/integrations/x"), stop.Token);
        await UntilAsync(() => Server.OpenRequests == 1);
        await Clock.UntilTimerAsync(TimeSpan.FromSeconds(0.1));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Clock.Advance(0.1);
        await Clock.UntilTimerAsync(TimeSpan.FromSeconds(0.1));
        Clock.Advance(0.1);
        await UntilAsync(() => Server.OpenRequests == 0);
        Assert.Equal(499, Server.Requests[^1].Status);
    }

    [Fact]
    public async Task A_fault_delays_a_request_by_the_clock_of_the_simulator()
    {
        Server.AddFault(new SimulatorFault { DelayMs = 2_000 });
        Task<Answer> delayed = GetAsync("/submissions/x");
        await UntilAsync(() => Server.OpenRequests == 1);
        for (int tenths = 0; tenths < 19; tenths++)
        {
            await Clock.UntilTimerAsync(TimeSpan.FromSeconds(0.1));
            Clock.Advance(0.1);
        }

        await Clock.UntilTimerAsync(TimeSpan.FromSeconds(0.1));
        Assert.False(delayed.IsCompleted);
        Clock.Advance(0.1);
        Assert.Equal(404, (await delayed).Status);
    }

    [Fact]
    public async Task A_fault_holds_a_request_until_its_task_ends()
    {
        TaskCompletionSource until = new();
        Server.AddFault(new SimulatorFault { Until = until.Task });
        Task<Answer> held = GetAsync("/submissions/x");
        await UntilAsync(() => Server.OpenRequests == 1);
        Assert.Equal(404, (await GetAsync("/submissions/y")).Status);
        Assert.False(held.IsCompleted);
        until.SetResult();
        Assert.Equal(404, (await held).Status);
    }

    [Fact]
    public void Faults_that_make_no_sense_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Server.AddFault(new SimulatorFault { Status = 42 }));
        Assert.Throws<ArgumentException>(() => Server.AddFault(new SimulatorFault { Endpoint = " " }));
        Assert.Throws<ArgumentException>(() => Server.AddFault(new SimulatorFault { Count = -1 }));
    }
}
