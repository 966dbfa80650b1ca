using System;
using System.Linq;
using System.Net;
using System.Text;
using System.Threading.Tasks;
using MediaMagic.Errors;
using Xunit;

namespace MediaMagic.Tests.Errors;

/// <summary>No secret gets through, and ordinary prose does.</summary>
public class RedactorTests
{
    private const string Rest = "4f1c2b3a9d8e7f60514f1c2b3a9d8e7f60514f1c2b3a9d8e7f60514f1c2b3a9d";
    private const string Key = "sk_live_" + Rest;

    [Theory]
    [InlineData("key sk_live_0123abcd!", "key sk_live_***!")]
    [InlineData("key SK_TEST_my-own_key.", "key SK_TEST_***.")]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw end", "whsec_*** end")]
    [InlineData("https://a.blob.core.windows.net/c/b?sv=2024&sig=ab%2Fcd%3D&se=1", "https://a.blob.core.windows.net/c/b?sv=2024&sig=***&se=1")]
    [InlineData("?sig=abc", "?sig=***")]
    [InlineData("sv=1&amp;sig=ab/cd+=&amp;se=1", "sv=1&amp;sig=***&amp;se=1")]
    [InlineData("u=https%3A%2F%2Fx%3Fsv%3D1%26sig%3Dab%252Fcd%26se%3D1", "u=https%3A%2F%2Fx%3Fsv%3D1%26sig%3D***%26se%3D1")]
    [InlineData("\"https://x?sv=1\\u0026sig\\u003dab\\u002Fcd\\u0026se=1\"", "\"https://x?sv=1\\u0026sig\\u003d***\\u0026se=1\"")]
    [InlineData("https:\\/\\/x?sig=abcd\\nnext", "https:\\/\\/x?sig=***\\nnext")]
    [InlineData("&#38;sig&#61;abc&#x26;se", "&#38;sig&#61;***&#x26;se")]
    [InlineData("{\"sig\": \"abc\"}", "{\"sig\": \"***\"}")]
    [InlineData("\\u0073k_live_0123abcd", "\\u0073k_live_***")]
    [InlineData("\\u0073\\u006b_live_\\u0030123", "\\u0073\\u006b_live_***")]
    [InlineData("X-API-Key: some-other-key\r\nHost: x", "X-API-Key: ***\r\nHost: x")]
    [InlineData("\"x-api-key\":\"some-other-key\"", "\"x-api-key\":\"***\"")]
    [InlineData("Authorization: Bearer abc.def-ghi\nHost: x", "Authorization: Bearer ***\nHost: x")]
    [InlineData("authorization: Basic dXNlcjpwYXNz", "authorization: Basic ***")]
    [InlineData("X-API-Key: Authorization: Basic dXNlcjpwYXNz", "X-API-Key: Authorization: Basic ***")]
    [InlineData("Authorization: Bearer Authorization: Basic dXNlcjpwYXNz", "Authorization: Bearer *** Basic ***")]
    [InlineData("The proxy tunnel request to proxy 'http://user:p%40ss@proxy:8080/' failed", "The proxy tunnel request to proxy 'http://user:***@proxy:8080/' failed")]
    [InlineData("postgres://user:word@host/db", "postgres://user:***@host/db")]
    [InlineData("sent Bearer eyJhbGciOiJIUzI1NiJ9.e30.x yesterday", "sent Bearer *** yesterday")]
    public void Shapes_are_masked(string text, string clean) => Assert.Equal(clean, Redactor.Default.Redact(text));

    [Theory]
    [InlineData("design=fast&assign=you&x_sig=1")]
    [InlineData("The sig= parameter is missing")]
    [InlineData("Missing X-API-Key header")]
    [InlineData("Keys start with sk_live_ or sk_test_ and secrets with whsec_.")]
    [InlineData("sk_test_…ab12")]
    [InlineData("https://api.test:8080/a/@b and me@host.test, see http://x/y:z@w")]
    [InlineData("http://127.0.0.1:8787/ (me@host)")]
    [InlineData("The bearer authentication scheme is required")]
    [InlineData("add an Authorization: header")]
    [InlineData("100% of C:\\new\\users & co; \\u12 &#; %zz \\")]
    [InlineData("Make sure the value of Authorization header is formed correctly including the signature.")]
    public void Prose_is_left_alone(string text) => Assert.Equal(text, Redactor.Default.Redact(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Nothing_is_nothing(string? text) => Assert.Equal(string.Empty, Redactor.Default.Redact(text));

    [Fact]
    public void Known_secrets_are_masked_in_every_form()
    {
        Redactor redactor = new();
        redactor.Add(Key);
        redactor.Add("päss word/+=&\"1");
        foreach (string secret in (string[])[Key, Rest, "päss word/+=&\"1"])
        {
            foreach (string form in Canary.Forms(secret))
            {
                Canary.AssertAbsent(secret, redactor.Redact($"before {form} after"));
                Canary.AssertAbsent(secret, redactor.Redact($"{{\"a\":\"{form}\"}}"));
            }
        }

        Assert.Equal("before *** after", redactor.Redact($"before {Rest.ToUpperInvariant()} after"));
    }

    [Fact]
    public void Default_never_learns()
    {
        Redactor.Default.Add("ordinary-words");
        Assert.Equal("ordinary-words", Redactor.Default.Redact("ordinary-words"));
    }

    [Fact]
    public void A_short_rest_of_a_key_is_no_secret()
    {
        Redactor redactor = new();
        redactor.Add("sk_test_simulator");
        redactor.Add("short");
        redactor.Add(null);
        Assert.Equal("the simulator is short; ***", redactor.Redact("the simulator is short; sk_test_simulator"));
    }

    [Fact]
    public void The_beginning_of_a_secret_at_a_cut_is_masked()
    {
        Redactor redactor = new();
        redactor.Add(Key);
        for (int length = 4; length < Rest.Length; length++)
        {
            Assert.Equal("body ***", redactor.Redact($"body {Rest[..length]}", cut: true));
        }

        Assert.Equal("body 4f1", redactor.Redact("body 4f1", cut: true));
    }

    [Theory]
    [InlineData("sig=")]
    [InlineData("sk_live_")]
    [InlineData("whsec_a")]
    [InlineData("%25")]
    [InlineData("%2525")]
    [InlineData("\\u005c")]
    [InlineData("\\\\")]
    [InlineData("&amp;")]
    [InlineData("&amp;amp;sig&#61;")]
    [InlineData("authorization: bearer ")]
    [InlineData("bearer a.")]
    [InlineData("x-api-key: \"")]
    [InlineData("x-api-key:")]
    [InlineData("x-api-key:a")]
    [InlineData("authorization:basic\t")]
    [InlineData("://a:")]
    [InlineData("sig\" : \"")]
    [InlineData(" ")]
    [InlineData("4f1c2b3a")]
    [InlineData("\u001b[0;")]
    [InlineData("<a ")]
    [InlineData("'")]
    [InlineData("{\"a\":[")]
    public async Task Hostile_text_takes_no_time(string part)
    {
        Redactor redactor = new();
        redactor.Add(Key);
        string text = string.Concat(Enumerable.Repeat(part, (64 * 1024 / part.Length) + 1));
        Task work = Task.Run(() =>
        {
            redactor.Redact(text);
            Answers.Read(409, text, new ErrorContext { Redactor = redactor });
            Answers.Read(409, "{\"detail\":\"" + text.Replace("\"", "\\\""), new ErrorContext { Redactor = redactor });
        });
        await work.WaitAsync(TimeSpan.FromMinutes(2));
    }

    [Fact]
    public void Errors_keep_no_secret_wherever_it_stands()
    {
        Redactor redactor = new();
        redactor.Add(Key);
        foreach (string form in Canary.Forms(Key).Concat(Canary.Forms(Rest)))
        {
            string json = form.Contains('\\') ? form : form.Replace("\"", "\\\"");
            ErrorContext context = new() { Redactor = redactor, Uri = "https://x/?k=" + form, Method = form, Bucket = form };
            string[] bodies =
            [
                $$$"""{"detail":"Invalid key {{{json}}}","docs_url":"https://x.example/{{{json}}}","request_id":"{{{json}}}","{{{json}}}":[{"{{{json}}}":"{{{json}}}"}]}""",
                $$$"""{"error":{"code":"{{{json}}}","message":"{{{json}}}","details":[{"field":"{{{json}}}","message":"{{{json}}}"}]}}""",
                $$$"""{"statusCode":401,"error":"{{{json}}}","message":["{{{json}}}"]}""",
                $"<Error><Code>{WebUtility.HtmlEncode(form)}</Code><Message>{WebUtility.HtmlEncode(form)}</Message></Error>",
                $"<html><title>{form}</title></html>",
                $"no such key: {form}",
                form,
            ];
            foreach (string body in bodies)
            {
                ApiError error = Answers.Read(401, body, context, ("X-Request-ID", form), ("x-ms-error-code", form));
                Canary.AssertAbsent(Key, error);
                Canary.AssertAbsent(Rest, error);
                Canary.AssertAbsent(Rest, new MediaMagicException(error).ToString());
            }
        }
    }

    [Fact]
    public void A_secret_broken_by_control_characters_is_found()
    {
        Redactor redactor = new();
        redactor.Add(Key);
        foreach (string gap in (string[])["\u001b[0m", "\\u001b[0m", "\\u200b"])
        {
            string broken = string.Join(gap, Key.Chunk(5).Select(static part => new string(part)));
            ApiError error = Answers.Read(401, $$"""{"detail":"{{broken}}","more":"{{broken}}"}""", new ErrorContext { Redactor = redactor });
            Assert.Equal("***", error.Detail);
            Canary.AssertAbsent(Rest, error);
        }
    }

    [Fact]
    public void A_quote_never_cuts_a_secret_open()
    {
        Redactor redactor = new();
        redactor.Add(Key);
        for (int before = 100; before < 220; before++)
        {
            string body = new string('x', before) + ' ' + Rest + " and more words to be cut";
            ApiError error = Answers.Read(401, body, new ErrorContext { Redactor = redactor });
            Assert.DoesNotContain("4f1", error.Detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_secret_across_the_end_of_what_is_read_is_masked()
    {
        Redactor redactor = new();
        redactor.Add(Key);
        for (int inside = 4; inside < Rest.Length; inside++)
        {
            byte[] body = Encoding.ASCII.GetBytes(new string(' ', (64 * 1024) - inside) + Rest);
            ApiError error = Answers.Read(401, body, new ErrorContext { Redactor = redactor });
            Assert.DoesNotContain("4f1c", error.RawBody, StringComparison.Ordinal);
        }
    }
}
