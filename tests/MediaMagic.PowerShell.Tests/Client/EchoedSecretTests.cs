using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using MediaMagic.Client;
using MediaMagic.Tests.Errors;
using Xunit;

namespace MediaMagic.Tests.Client;

/// <summary>A service that echoes the key in a success, or shows the secret of a webhook where nobody asked for it.</summary>
public sealed class EchoedSecretTests
{
    private const string Rest = "4f1c2b3a9d8e7f60514f1c2b3a9d8e7f60514f1c2b3a9d8e7f60514f1c2b3a9d";
    private const string Key = "sk_test_" + Rest;
    private const string HookRest = "bWVkaWFtYWdpYy12ZWN0b3Itc2VjcmV0LTAwMQ==";
    private static readonly string s_base64 = Convert.ToBase64String(Encoding.UTF8.GetBytes("user:" + Key));

    // One answer for every read: each takes from it what it knows, and keeps the rest.
    private static readonly string s_echo = $$$"""
        {
          "submissionId": "s1", "assetId": "a1", "status": "failed", "filename": "{{{Key}}}.mp4", "errorMessage": "Rejected for {{{Key}}}",
          "assets": [{"assetId": "a1", "errorMessage": "{{{Rest}}}", "note": "{{{s_base64}}}"}],
          "topics": [{"title": "{{{Key}}}", "issues": [{"summary": "{{{Key}}}"}]}],
          "issues": [{"id": "i1", "summary": "{{{Key}}}", "{{{Key}}}": 1}],
          "metadata": {"{{{Key}}}": ["{{{Key}}}", {"deep": "\u0073k_test_{{{Rest}}}"}]},
          "echo": {"headers": {"X-API-Key": "{{{Key}}}"}}
        }
        """;

    private readonly FakeClock _clock = new();

    [Fact]
    public void Successes_are_read_without_the_key()
    {
        AssertAbsent(client => client.Submissions.GetAsync("s1"));
        AssertAbsent(client => client.Submissions.CreateAsync(new NewSubmission("w/a.mp4")));
        AssertAbsent(client => client.Assets.GetAsync("s1", "a1"));
        AssertAbsent(client => client.Assets.GetTopicsAsync("s1", "a1"));
        AssertAbsent(client => client.Assets.GetIssuesAsync("s1", "a1"));
        AssertAbsent(client => client.Assets.RetryAsync("s1", "a1"));
        AssertAbsent(client => client.Webhooks.GetAsync("w1"));
        AssertAbsent(client => client.Uploads.CreateUrlAsync("a.mp4", "video/mp4"));
        AssertAbsent(client => client.Sandbox.FireAsync("s1", WebhookEventType.AssetProcessingFailed));
    }

    [Fact]
    public void Successes_keep_everything_else()
    {
        Submission read = Read(s_echo, client => client.Submissions.GetAsync("s1"));
        Assert.Equal(("s1", "failed", "a1"), (read.SubmissionId, read.Status, Assert.Single(read.Assets).AssetId));
        Assert.StartsWith("Rejected for ***", read.ErrorMessage, StringComparison.Ordinal);
        Assert.Contains("echo", read.AdditionalProperties.Keys);
    }

    [Fact]
    public void Successes_keep_what_they_are_there_to_tell()
    {
        const string Url = "https://account.test/c/b?sv=2024&sig=ab%2Fcd%3D";
        string secret = "whsec_" + HookRest;
        Assert.Equal(Url, Read($$"""{"uploadUrl":"{{Url}}","blobPath":"w/a.mp4"}""", client => client.Uploads.CreateUrlAsync("a.mp4", "video/mp4")).UploadUrl);
        Assert.Equal(secret, Read(
            $$"""{"id":"w1","secret":"{{secret}}"}""",
            client => client.Webhooks.CreateAsync("https://example.com", [WebhookEventType.AssetProcessingFailed])).Secret);
    }

    [Theory]
    [InlineData("{\"error\":{\"code\":\"{0}\",\"message\":\"m\",\"status\":400}}", "{}")]
    [InlineData("{\"statusCode\":400,\"error\":\"{0}\",\"message\":\"m\"}", "{}")]
    [InlineData("<Error><Code>{0}</Code><Message>m</Message></Error>", "{}")]
    [InlineData("{\"detail\":\"m\"}", "{0}")]
    public void Key_in_the_place_of_a_code_is_masked_before_it_is_cut(string body, string header)
    {
        string[] forms = ["the-key-" + Rest, Convert.ToBase64String(Encoding.UTF8.GetBytes(Key))];
        foreach (string form in forms)
        {
            (string, string)[] headers = header == "{0}" ? [("x-ms-error-code", form)] : [];
            Answers answers = new Answers().Status(400, body.Replace("{0}", form, StringComparison.Ordinal), headers);
            using MediaMagicClient client = TestClient.With(answers, _clock, key: Key);
            MediaMagicException failure = _clock.Fails(() => client.Submissions.GetAsync("s1"));
            IEnumerable<string> said = Canary.Texts(failure.Error, 0).Append(failure.ToString());
            Assert.All(said, text => Assert.DoesNotContain(form[^64..^40], text, StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public void Secret_of_a_webhook_is_masked_after_it_came_with_a_read() =>
        AssertMasked(Vectors.Read("webhook-subscription-snake-200"), client => client.Webhooks.GetAsync("w1"));

    [Fact]
    public void Secret_of_a_webhook_is_masked_after_it_came_with_a_change() =>
        AssertMasked(Vectors.Read("webhook-subscription-snake-200"), client => client.Webhooks.SetEnabledAsync("w1", enabled: false));

    [Theory]
    [InlineData("[{0}]")]
    [InlineData("{{\"subscriptions\":[{{\"id\":\"w0\"}},{0}]}}")]
    public void Secret_of_a_webhook_is_masked_after_it_came_with_a_list(string form)
    {
        string list = string.Format(System.Globalization.CultureInfo.InvariantCulture, form, Vectors.Read("webhook-subscription-snake-200"));
        AssertMasked(list, client => client.Webhooks.ListAsync());
    }

    private void AssertAbsent<T>(Func<MediaMagicClient, Task<T>> call)
    {
        T read = Read(s_echo, call);
        Canary.AssertAbsent(Rest, read);
        Canary.AssertAbsent(Rest, JsonSerializer.Serialize(read));
    }

    // What follows the prefix has no shape of its own: only what is known can be masked.
    private void AssertMasked<T>(string body, Func<MediaMagicClient, Task<T>> call)
    {
        Answers answers = new Answers().Status(200, body).Status(400, $$"""{"detail":"Signed with {{HookRest}}","more":["{{HookRest}}"]}""");
        using MediaMagicClient client = TestClient.With(answers, _clock, key: Key);
        _clock.Run(() => call(client));
        MediaMagicException failure = _clock.Fails(() => client.Submissions.GetAsync("s1"));
        IEnumerable<string> said = Canary.Texts(failure.Error, 0).Append(failure.ToString());
        Assert.All(said, static text => Assert.DoesNotContain(HookRest.TrimEnd('='), text, StringComparison.OrdinalIgnoreCase));
        Assert.StartsWith("Signed with ***", failure.Error.Detail, StringComparison.Ordinal);
    }

    private T Read<T>(string body, Func<MediaMagicClient, Task<T>> call)
    {
        using MediaMagicClient client = TestClient.With(new Answers().Status(200, body), _clock, key: Key);
        return _clock.Run(() => call(client));
    }
}
