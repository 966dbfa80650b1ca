using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using MediaMagic.Tests.Webhooks;
using MediaMagic.Webhooks;
using Xunit;

namespace MediaMagic.Tests.Fuzz;

/// <summary>Deliveries, secrets and heads gone wrong: nothing that was changed is taken for genuine, and nothing but a refusal comes of it.</summary>
public sealed class WrongDeliveriesTests
{
    private static readonly DateTimeOffset s_now = new(2026, 6, 3, 12, 0, 0, TimeSpan.Zero);

    private static readonly string[] s_words = ["v1,", "v1a,", " ", ",", ".", "whsec_", "=", "==", "AAAA", "\t", "\n", "\0", "0", "-", "+", "\u00e4", "1780488000"];

    [Fact]
    public void Only_what_was_signed_is_genuine() => Turns.Run(2000, static random =>
    {
        SignedDelivery delivery = new("msg_1", s_now);
        Dictionary<string, string?> headers = delivery.Headers.ToDictionary(static header => header.Key, static header => (string?)header.Value);
        byte[] body = delivery.Body;
        string name = random.Of([.. headers.Keys, "body"]);
        if (name == "body")
        {
            body = Mutation.Of(random, body, body, s_words);
        }
        else
        {
            headers[name] = random.Next(20) == 0 ? null : Mutation.Of(random, headers[name]!, delivery.Headers["webhook-signature"], s_words);
        }

        string? reason = WebhookSignature.Verify(body, wanted => headers[wanted], [SignedDelivery.Secret], TimeSpan.FromMinutes(5), s_now);
        bool same = body.SequenceEqual(delivery.Body) && headers["webhook-id"] == "msg_1" && headers["webhook-timestamp"] == delivery.Headers["webhook-timestamp"];
        Assert.Equal(same && HoldsSignature(headers["webhook-signature"], delivery.Headers["webhook-signature"]), reason is null);
    });

    [Fact]
    public void A_secret_gone_wrong_is_another_one_or_refused_without_being_shown() => Turns.Run(1000, static random =>
    {
        SignedDelivery delivery = new("msg_1", s_now);
        string secret = Mutation.Of(random, SignedDelivery.Secret, "MfKQ9r8GKYqr", s_words);
        try
        {
            string? reason = WebhookSignature.Verify(delivery.Body, wanted => delivery.Headers[wanted], [secret], TimeSpan.FromMinutes(5), s_now);
            Assert.Equal(KeyOf(secret) == KeyOf(SignedDelivery.Secret), reason is null);
        }
        catch (ArgumentException refused)
        {
            Assert.DoesNotContain("MfKQ9", refused.ToString(), StringComparison.Ordinal);
        }
    });

    [Fact]
    public void A_head_gone_wrong_is_parsed_or_refused() => Turns.Run(3000, static random =>
    {
        byte[] head = Encoding.Latin1.GetBytes("POST /hooks?a=b HTTP/1.1\r\nHost: me\r\nContent-Length: 12\r\nwebhook-id: a\r\nExpect: 100-continue");
        byte[] bytes = Mutation.Of(
            random, head, head, "\r\n", "\n", "\r", ":", " ", "\t", "\0", "Content-Length: 1\r\n", "Transfer-Encoding: chunked\r\n", "Host: b\r\n", "HTTP/1.0", "HTTP/2.0", "http://x", "%00", "..", "-1",
            "999999999999999");
        if (HeadParser.Parse(bytes, 0, bytes.Length, out int status) is not RequestHead parsed)
        {
            Assert.InRange(status, 400, 505);
            return;
        }

        // What is accepted has one meaning only.
        Assert.StartsWith("/", parsed.Path, StringComparison.Ordinal);
        Assert.False(parsed.IsChunked && parsed.Header("content-length") is not null);
        Assert.True(parsed.Length is null or >= 0);
        Assert.DoesNotContain(parsed.Method + parsed.Path + parsed.Header("webhook-id"), static c => c is '\r' or '\n' or '\0');
    });

    // One of the entries, read as base64, which allows for white space, is the one that was made.
    private static bool HoldsSignature(string? header, string genuine) => (header ?? string.Empty).Split(' ')
        .Where(static part => part.StartsWith("v1,", StringComparison.Ordinal)).Any(part => Bytes(part[3..]) is byte[] bytes && bytes.SequenceEqual(Bytes(genuine[3..])!));

    private static string? KeyOf(string secret)
    {
        string text = secret.Trim();
        return Bytes(text.StartsWith("whsec_", StringComparison.Ordinal) ? text[6..] : text) is byte[] bytes ? Convert.ToHexString(HMACSHA256.HashData(bytes, "x"u8)) : null;
    }

    private static byte[]? Bytes(string base64)
    {
        try
        {
            return Convert.FromBase64String(base64);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
