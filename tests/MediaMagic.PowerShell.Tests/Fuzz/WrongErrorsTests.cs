using System;
using System.Linq;
using System.Net;
using System.Text;
using MediaMagic.Errors;
using MediaMagic.Tests.Errors;
using Xunit;

namespace MediaMagic.Tests.Fuzz;

/// <summary>The error reader on documented answers gone wrong, whatever the status, the headers, the encoding and the system that is told.</summary>
public sealed class WrongErrorsTests
{
    private const string Rest = "0badc0de7e577e570badc0de7e577e570badc0de7e577e570badc0de7e577e57";
    private const string Key = "sk_live_" + Rest;

    private static readonly string[] s_bodies =
    [
        .. new[]
        {
            "domain-401", "domain-409-blobpath", "erynoa-422", "plan-gate-402", "rate-limit-429", "reten-400", "reten-409", "issue", "submission-status-200",
        }.Select(Vectors.Read),
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>AuthenticationFailed</Code><Message>Refused.\nRequestId:abc\nTime:2026</Message></Error>",
        "<html><head><title>502 Bad Gateway</title></head><body><script>x</script><p>nginx</p></body></html>",
        "{\"type\":\"https://x.example/p\",\"title\":\"Refused\",\"status\":400,\"errors\":{\"a\":[\"b\"]}}",
        "{\"detail\":[{\"loc\":[\"body\",\"assets\",0],\"msg\":\"too few\",\"type\":\"min\"}]}",
        "upstream connect error",
    ];

    private static readonly string[] s_words =
    [
        Key, Rest, "{", "[", "\"", "\\", "\\u0000", "\\ud800", "<Error>", "</Code>", "<![CDATA[", "<!DOCTYPE x [", "<!ENTITY a \"", "&a;", "&#x1b;", "\u001b[31m", "\u009b2J",
        "%73k_live_", "\"detail\":", "\"fields\":", "\"error\":{", "<title>", "\ufeff", "\r\n", "sig=" + Rest,
    ];

    private static readonly string[] s_headers =
    [
        "Content-Type", "Date", "Retry-After", "X-RateLimit-Reset", "retry-after-ms", "x-ms-retry-after-ms", "X-Request-ID", "x-ms-request-id", "x-ms-error-code", "Request-Id", "", "\n",
    ];

    private static readonly string[] s_values =
    [
        "application/json", "application/problem+json", "text/html; charset=iso-8859-1", "text/plain; charset=utf-16", "0", "-1", "1e9", "99999999999999999999", "NaN",
        "Wed, 03 Jun 2026 12:00:00 GMT", "AuthenticationFailed", Key, "", " ", "\u001b[2J", "a\r\nb",
    ];

    [Fact]
    public void Answers_gone_wrong_are_read_and_keep_no_secret() => Turns.Run(200, static random =>
    {
        string text = Mutation.Of(random, random.Of(s_bodies), random.Of(s_bodies), s_words);
        Encoding encoding = random.Of(Encoding.UTF8, Encoding.UTF8, Encoding.Latin1, Encoding.Unicode, Encoding.BigEndianUnicode);
        (string, string)[] headers = [.. Enumerable.Range(0, random.Next(5)).Select(_ => (random.Of(s_headers), Mutation.Of(random, random.Of(s_values), Key, s_words)))];
        Redactor redactor = new();
        redactor.Add(Key);
        ErrorContext context = new()
        {
            System = random.Of<string?>(null, null, ErrorSystem.MediaMagic, ErrorSystem.Reten, ErrorSystem.Erynoa, ErrorSystem.AzureBlob, ErrorSystem.ProblemDetails, "nobody"),
            Endpoint = random.Of(Enum.GetValues<ApiEndpoint>()),
            Uri = "https://x.example/" + random.Of(s_values),
            Redactor = redactor,
        };
        int status = random.Of(0, 200, 302, 400, 401, 403, 404, 409, 422, 429, 500, 502, 503, 999, int.MaxValue, -1);

        ApiError error = Errors.Answers.Read(status, encoding.GetBytes(text), context, headers);

        Assert.Equal(status, error.StatusCode);
        Assert.Matches("^[A-Za-z0-9_.-]{1,64}$", error.Code);
        Assert.NotEmpty(error.Message);
        Assert.True(error.RetryAfter is null || (error.RetryAfter >= TimeSpan.Zero && error.RetryAfter <= TimeSpan.FromDays(3650)));
        Canary.AssertAbsent(Rest, error);
        Canary.AssertAbsent(Rest, new MediaMagicException(error).ToString());
        string?[] lines = [error.Message, error.Detail, error.RequestId, error.DocsUrl, error.Bucket, error.Uri, error.Method, .. error.Fields.Select(static field => field.ToString())];
        Assert.All(lines, static line => Assert.True(line is null || (line.Length <= 8010 && !line.Any(char.IsControl)), line));
        Assert.All(Canary.Texts(error, 0), static part => Assert.DoesNotContain(part, static c => char.IsControl(c) && c is not ('\t' or '\r' or '\n')));
    });

    [Fact]
    public void Waits_gone_wrong_are_a_time_or_none() => Turns.Run(2000, static random =>
    {
        DateTimeOffset now = random.Of(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, DateTimeOffset.UnixEpoch);
        string text = Mutation.Of(
            random, random.Of("120", "1.5", "Wed, 03 Jun 2026 12:00:00 GMT", "Wednesday, 03-Jun-26 12:00:00 GMT", "Wed Jun  3 12:00:00 2026"), "0123456789", "9", ".", ",", " ", "GMT", "E", "-", "00:");
        foreach (TimeSpan? wait in new[] { RetryAfterHeader.Parse(text, now), RetryAfterHeader.ParseMilliseconds(text) })
        {
            Assert.True(wait is null || (wait >= TimeSpan.Zero && wait <= TimeSpan.FromDays(3650)), text);
        }
    });

    [Fact]
    public void Pages_gone_wrong_are_text() => Turns.Run(500, static random =>
    {
        string page = Mutation.Of(random, WebUtility.HtmlEncode(random.Of(s_bodies)) + random.Of(s_bodies), random.Of(s_bodies), s_words);
        Assert.DoesNotContain(MarkupText.Read(page), static c => char.IsControl(c) && c is not ('\t' or '\r' or '\n'));
    });
}
