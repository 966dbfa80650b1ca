using System;
using System.Linq;
using System.Text;
using MediaMagic.Errors;
using MediaMagic.Tests.Errors;
using Xunit;

namespace MediaMagic.Tests.Fuzz;

/// <summary>A secret put anywhere into any text, in any mixture of escapes, never comes out of the redactor.</summary>
public sealed class HiddenSecretsTests
{
    private const string Rest = "4f1c2b3a9d8e7f60514f1c2b3a9d8e7f60514f1c2b3a9d8e7f60514f1c2b3a9d";
    private const string Signature = "Zk3/9vQ+aB7xY2mN5pR8sT1uW4yC6eH0jL3oK9iD2g8=";

    private static readonly string[] s_secrets = ["sk_live_" + Rest, Rest, "sk_test_my-own_Sandbox-Key-17", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", Signature];

    private static readonly string[] s_words =
    [
        " ", "\"", "'", "\\", "\\\\", "%", "%2", "%25", "&", "&amp;", "&#", "&#x", ";", "\\u", "\\u00", "{", "<b>", "=", "sig=", "sk_live_", "sk_", "whsec_", "Bearer ", "X-API-Key: ",
        "authorization: ", "https://u:p@", "://", "\u001b[0m", "\0", "\n", "\ud83c\udfac", "\ud800", "\u00e4", "4f1c", "***",
    ];

    private static readonly Func<char, string>[] s_escapes =
    [
        static c => c.ToString(),
        static c => $"\\u{(int)c:x4}",
        static c => $"\\u{(int)c:X4}",
        static c => $"\\x{(int)c:x2}",
        static c => $"%{(int)c:X2}",
        static c => $"%{(int)c:x2}",
        static c => $"&#{(int)c};",
        static c => $"&#x{(int)c:x};",
        static c => $"&#{(int)c:00000000};",
        static c => $"&#x{(int)c:x12};",
    ];

    [Fact]
    public void A_secret_in_any_text_and_escape_does_not_survive() => Turns.Run(500, static random =>
    {
        string secret = random.Of(s_secrets);
        Redactor redactor = new();
        foreach (string known in s_secrets)
        {
            redactor.Add(known);
        }

        string text = Noise(random) + Escaped(random, secret) + Noise(random);
        string hidden = secret.Replace("sk_live_", string.Empty, StringComparison.Ordinal).Replace("sk_test_", string.Empty, StringComparison.Ordinal).Replace("whsec_", string.Empty, StringComparison.Ordinal);
        Canary.AssertAbsent(hidden, redactor.Redact(text));
        Canary.AssertAbsent(hidden, redactor.Redact(SafeText.Harmless(text)));
    });

    // Without being known: by what stands before it, wherever that is.
    [Fact]
    public void A_secret_with_its_shape_does_not_survive_unknown() => Turns.Run(500, static random =>
    {
        string shape = random.Of("sk_live_{0}", "whsec_{0}", "?sv=1&sig={0}&se=2", "Authorization: Basic {0}", "X-API-Key: {0}", "postgres://user:{0}@host/db");
        string text = Noise(random) + " " + Layered(random, shape.Replace("{0}", Rest, StringComparison.Ordinal)) + " " + Noise(random);
        Canary.AssertAbsent(Rest, Redactor.Default.Redact(text));
    });

    [Fact]
    public void Text_without_a_secret_is_left_as_it_is() => Turns.Run(500, static random =>
    {
        Redactor redactor = new();
        redactor.Add("sk_live_" + Rest);
        string text = string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => random.Of("a", "die Datei", " ", "%", "&amp;", "\\u0041", "\\", "\u00e4", "100 %", "C:\\x", "{\"a\":1}")));
        Assert.Equal(text, redactor.Redact(text));
    });

    private static string Noise(Random random) => string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => random.Of(s_words)));

    // Each character in an escape of its own, and all of it escaped again as a whole.
    private static string Escaped(Random random, string secret)
    {
        Func<char, string>[] some = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Of(s_escapes))];
        return random.Next(5) switch
        {
            0 => Convert.ToBase64String(Encoding.UTF8.GetBytes(new string('u', random.Next(3)) + secret)),
            1 => Layered(random, secret),
            _ => Layered(random, string.Concat(secret.Select(c => random.Of(some)(c)))),
        };
    }

    private static string Layered(Random random, string text)
    {
        for (int layers = random.Next(3); layers > 0; layers--)
        {
            text = random.Next(3) switch
            {
                0 => Uri.EscapeDataString(text),
                1 => System.Net.WebUtility.HtmlEncode(text),
                _ => System.Text.Json.JsonEncodedText.Encode(text).ToString(),
            };
        }

        return text;
    }
}
