using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using MediaMagic.Errors;
using Xunit;

namespace MediaMagic.Tests.Errors;

/// <summary>A secret that is wrapped, spaced or broken by characters that nobody sees is still a secret.</summary>
public sealed class BrokenSecretTests
{
    private const string Rest = "4f1c2b3a9d8e7f60514f1c2b3a9d8e7f60514f1c2b3a9d8e7f60514f1c2b3a9d";
    private const string Key = "sk_live_" + Rest;

    // What a reader, or a program, takes off before the secret can be used.
    private static readonly Regex s_gaps = new(@"\\[nrt]|\\u00(?:ad|1b\[0m)|\\u20(?:0b|60)|%0A|&#\d+;|[\s\p{Cf}\p{Cc}]", RegexOptions.IgnoreCase);

    public static TheoryData<string> Gaps =>
        ["\n", "\r\n", " ", "\t", "\u00a0", "\u00ad", "\u200b", "\u2060", "\ufeff", "\\n", "\\r\\n", "\\u00ad", "\\u200b", "%0A", "&#173;", "&#8203;"];

    [Theory]
    [MemberData(nameof(Gaps))]
    public void Redact_finds_a_known_secret_between_gaps(string gap)
    {
        Redactor redactor = NewRedactor();
        foreach (string form in Forms())
        {
            foreach (int length in (int[])[1, 4, 19, 64])
            {
                AssertGone(redactor.Redact($"before: {Broken(form, length, gap)}; after"));
            }
        }
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\\n")]
    [InlineData(" ")]
    [InlineData("\u00ad")]
    public void Redact_keeps_the_words_around_a_broken_secret(string gap)
    {
        string broken = Broken(Key, 8, gap);
        Assert.Equal("key: *** (64 digits)", NewRedactor().Redact($"key: {broken} (64 digits)"));
        Assert.Equal("""{"a": "***", "b": 1}""", NewRedactor().Redact($$"""{"a": "{{broken}}", "b": 1}"""));
    }

    [Theory]
    [InlineData("The first digits are 4f1c 2b3a 9d8e, and no more.")]
    [InlineData("A soft\u00adhyphen, a zero\u200bwidth space and a\r\nline end are no secret.")]
    public void Redact_leaves_prose_with_gaps_alone(string text) => Assert.Equal(text, NewRedactor().Redact(text));

    [Fact]
    public void Errors_keep_no_secret_between_gaps()
    {
        foreach (string gap in (string[])["\n", "\r\n", " ", "\u00ad", "\u200b", "\u2060"])
        {
            foreach (string form in Forms())
            {
                string text = Broken(form, 19, gap);
                string json = JsonSerializer.Serialize(new { detail = text, docs_url = "https://x.example/" + text, more = new[] { text } });
                foreach (string body in (string[])[json, text, $"<html><title>{text}</title></html>"])
                {
                    ApiError error = Answers.Read(401, body, new ErrorContext { Redactor = NewRedactor() }, ("X-Request-ID", text));
                    Assert.All(Canary.Texts(error, 0), AssertGone);
                }
            }
        }
    }

    [Theory]
    [InlineData("\u001b[0m")]
    [InlineData("\\u001b[0m")]
    public void Raw_body_keeps_no_secret_between_escape_sequences(string sequence)
    {
        string broken = Broken(Key, 5, sequence);
        ApiError error = Answers.Read(401, $$"""{"detail":"{{broken}}"}""", new ErrorContext { Redactor = NewRedactor() });
        Assert.DoesNotContain("\u001b", error.RawBody, StringComparison.Ordinal);
        AssertGone(error.RawBody!);
    }

    [Theory]
    [InlineData("key rtn_sk_0123abcd!", "key rtn_sk_***!")]
    [InlineData("RTN_SK_my-own_key.", "RTN_SK_***.")]
    [InlineData("\"rtn_sk_0123abcd\"", "\"rtn_sk_***\"")]
    [InlineData("rtn%5Fsk%5F0123abcd&x=1", "rtn%5Fsk%5F***&x=1")]
    [InlineData("\\u0072tn_sk_0123abcd", "\\u0072tn_sk_***")]
    [InlineData("Keys of Reten start with rtn_sk_.", "Keys of Reten start with rtn_sk_.")]
    public void Keys_of_Reten_are_masked_by_their_shape(string text, string clean) => Assert.Equal(clean, Redactor.Default.Redact(text));

    [Fact]
    public void Errors_keep_no_key_of_Reten()
    {
        const string Reten = "0a1b2c3d4e5f60718293a4b5c6d7e8f9";
        ApiError error = Answers.Read(401, $$"""{"statusCode":401,"error":"Unauthorized","message":"No such key: rtn_sk_{{Reten}}","more":["rtn_sk_{{Reten}}"]}""");
        Assert.Equal("No such key: rtn_sk_***", error.Detail);
        Canary.AssertAbsent(Reten, error);
    }

    private static Redactor NewRedactor()
    {
        Redactor redactor = new();
        redactor.Add(Key);
        return redactor;
    }

    private static IEnumerable<string> Forms()
    {
        yield return Key;
        yield return Rest;
        yield return Rest.ToUpperInvariant();
        yield return Convert.ToBase64String(Encoding.UTF8.GetBytes(Key));
        yield return Convert.ToBase64String(Encoding.UTF8.GetBytes("user:" + Key));
    }

    private static string Broken(string text, int length, string gap) => string.Join(gap, text.Chunk(length).Select(static part => new string(part)));

    private static void AssertGone(string text) => Canary.AssertAbsent(Rest, s_gaps.Replace(text, string.Empty));
}
