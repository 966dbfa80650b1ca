using System;
using System.Net.Http;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Xunit;

namespace MediaMagic.Simulator.Tests;

/// <summary>The page, its data, and control from outside the process.</summary>
public sealed class PageTests : SimulatorTest
{
    private const string Hostile = "<img src=x onerror=alert(1)>.mp4";

    [Fact]
    public async Task The_page_is_whole_and_lets_no_other_script_run()
    {
        using HttpResponseMessage response = await Http.GetAsync(Server.BaseUri);
        string html = await response.Content.ReadAsStringAsync();
        string policy = string.Join(' ', response.Headers.GetValues("Content-Security-Policy"));
        string nonce = Regex.Match(policy, "script-src 'nonce-([0-9a-f]+)'").Groups[1].Value;

        Assert.Equal("text/html; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Contains($"<script nonce=\"{nonce}\">", html);
        Assert.DoesNotContain("{{nonce}}", html);
        Assert.DoesNotContain("unsafe-inline", policy);
        Assert.DoesNotMatch("(src|href)=\"(?!data:,)", html);
        Assert.DoesNotMatch("https?://", html);
        Assert.DoesNotMatch("innerHTML|outerHTML|insertAdjacentHTML|document.write", html);
    }

    [Fact]
    public async Task Names_from_outside_reach_the_page_as_json_only()
    {
        await SubmitAsync(Hostile);
        Answer state = await ReadAsync(HttpMethod.Get, "simulator/state");
        Assert.Equal("application/json", state.Headers["Content-Type"]);
        Assert.Equal(Hostile, state.Body["submissions"]![0]!["files"]!.GetValue<string>());
        using HttpResponseMessage page = await Http.GetAsync(Server.BaseUri);
        Assert.DoesNotContain("onerror", await page.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_state_shows_what_goes_on_and_no_secret()
    {
        await SubmitAsync("a.mp4");
        Answer subscribed = await PostAsync("/webhooks/subscriptions", new JsonObject
        {
            ["endpointUrl"] = "https://example.com",
            ["eventTypes"] = new JsonArray("asset.processing.completed"),
        });
        Server.AddFault(new SimulatorFault { Endpoint = "POST /nothing", Status = 500, Count = 3 });
        Clock.Advance(2);

        Answer state = await ReadAsync(HttpMethod.Get, "simulator/state");
        Assert.Equal("complete", state.Body["submissions"]![0]!["status"]!.GetValue<string>());
        Assert.Equal("POST", state.Body["requests"]![0]!["method"]!.GetValue<string>());
        Assert.Single(state.Body["deliveries"]!.AsArray());
        Assert.Equal(3, state.Body["faults"]![0]!["remaining"]!.GetValue<int>());
        Assert.DoesNotContain(Server.ApiKey, state.Raw);
        Assert.DoesNotContain(subscribed.Text("secret"), state.Raw);
        Assert.DoesNotMatch("sig=[A-Za-z0-9%]", state.Raw);
        Assert.Equal(4, Server.RequestCount);
    }

    [Fact]
    public async Task Another_process_can_add_and_clear_faults()
    {
        Assert.Equal(204, (await ReadAsync(HttpMethod.Post, "simulator/faults", """
            {"endpoint":"GET /submissions/{id}","status":503,"body":"x","contentType":"text/plain","headers":{"A":"b"},"retryAfterSec":2,
             "delayMs":1,"dropConnection":"none","afterWork":false,"flipByte":true,"count":0,"probability":1}
            """)).Status);
        Assert.True(Assert.Single(Server.Faults).FlipByte);
        Task<Answer> asked = GetAsync("/submissions/x");
        await Clock.UntilTimerAsync(TimeSpan.FromMilliseconds(1));
        Clock.Advance(0.001);
        Answer answer = await asked;
        Assert.Equal((503, "x", "b", "2"), (answer.Status, answer.Raw, answer.Headers["A"], answer.Headers["Retry-After"]));
        Assert.Equal(204, (await ReadAsync(HttpMethod.Delete, "simulator/faults")).Status);
        Assert.Empty(Server.Faults);
    }

    [Theory]
    [InlineData("""{"status":42}""")]
    [InlineData("""{"status":"many"}""")]
    [InlineData("""{"dropConnection":"Later"}""")]
    [InlineData("""{"unknown":1}""")]
    public async Task Faults_that_make_no_sense_are_refused(string body)
    {
        Assert.Equal(422, (await ReadAsync(HttpMethod.Post, "simulator/faults", body)).Status);
        Assert.Empty(Server.Faults);
    }

    [Fact]
    public async Task Another_process_can_add_rules_and_expire_urls()
    {
        Assert.Equal(204, (await ReadAsync(HttpMethod.Post, "simulator/rules", """{"pattern":"a*","outcome":"failPermanent"}""")).Status);
        Assert.Equal(422, (await ReadAsync(HttpMethod.Post, "simulator/rules", """{"pattern":"a*","outcome":"explode"}""")).Status);
        (string id, _) = await SubmitAsync("a.mp4");
        Clock.Advance(2);
        Assert.Equal("failed", (await GetAsync($"/submissions/{id}")).Text("status"));
        (string url, _) = await UploadUrlAsync("b.mp4");
        Assert.Equal(204, (await ReadAsync(HttpMethod.Post, "simulator/expire-upload-urls", "{}")).Status);
        Assert.Equal(403, (await PutAsync(url, Mp4)).Status);
    }

    [Fact]
    public async Task Forms_of_web_pages_change_nothing()
    {
        using StringContent form = new("{\"endpoint\":\"*\",\"status\":500}", Encoding.UTF8, "text/plain");
        using HttpResponseMessage response = await Http.PostAsync(new Uri(Server.BaseUri, "simulator/faults"), form);
        Assert.Equal(415, (int)response.StatusCode);
        Assert.Empty(Server.Faults);
    }

    private async Task<Answer> ReadAsync(HttpMethod method, string path, string? body = null)
    {
        using HttpRequestMessage request = new(method, new Uri(Server.BaseUri, path));
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await Http.SendAsync(request);
        return await Answer.ReadAsync(response);
    }
}
