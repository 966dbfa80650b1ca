using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using MediaMagic.Tests.Fuzz;
using MediaMagic.Webhooks;
using Microsoft.AspNetCore.Http;
using StandardWebhooks;
using StandardWebhooks.Diagnostics;
using Xunit;

namespace MediaMagic.Tests.Webhooks;

/// <summary>Another implementation of Standard Webhooks and ours agree on which deliveries are genuine.</summary>
public sealed class SignatureOracleTests
{
    private static readonly string[] s_words = ["{", "}", "\"id\":", ".", ",", " ", "v1,", "\r\n", "\0", "\u00e4", "\u202e", "\ud83c\udfac", "\ufeff", "asset.processing.completed", "0"];

    public static TheoryData<string, string?> Tampered => new()
    {
        { "webhook-id", "msg_2" },
        { "webhook-id", "" },
        { "webhook-id", null },
        { "webhook-timestamp", "soon" },
        { "webhook-timestamp", "" },
        { "webhook-timestamp", null },
        { "webhook-signature", "v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc=" },
        { "webhook-signature", "v2,{0}" },
        { "webhook-signature", "" },
        { "webhook-signature", null },
    };

    [Fact]
    public void Both_accept_a_delivery_and_reject_it_when_one_part_changed() => Turns.Run(300, static random =>
    {
        string secret = "whsec_" + Convert.ToBase64String(Bytes(random, random.Next(24, 65)));
        string body = Text(random);
        SignedDelivery delivery = new($"msg_{random.Next()}", DateTimeOffset.UtcNow, body, secret);
        AssertBoth(true, delivery.Headers, body, secret);
        AssertBoth(false, delivery.Headers, body + random.Of(s_words), secret);
        AssertBoth(false, delivery.Headers, body, "whsec_" + Convert.ToBase64String(Bytes(random, 32)));
        AssertBoth(false, new(delivery.Headers) { ["webhook-id"] = delivery.Headers["webhook-id"] + "0" }, body, secret);
        AssertBoth(false, new(delivery.Headers) { ["webhook-timestamp"] = $"{DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 60}" }, body, secret);
    });

    [Theory]
    [MemberData(nameof(Tampered))]
    public void Both_reject_a_delivery_when_a_header_is_changed(string name, string? value)
    {
        SignedDelivery delivery = new("msg_1", DateTimeOffset.UtcNow);
        string signature = delivery.Headers["webhook-signature"]["v1,".Length..];
        delivery.Headers.Remove(name);
        if (value is not null)
        {
            delivery.Headers[name] = value.Replace("{0}", signature, StringComparison.Ordinal);
        }

        AssertBoth(false, delivery.Headers, Encoding.UTF8.GetString(delivery.Body), SignedDelivery.Secret);
    }

    [Theory]
    [InlineData(-3600)]
    [InlineData(3600)]
    public void Both_reject_a_delivery_when_it_was_signed_an_hour_off(int seconds)
    {
        SignedDelivery delivery = new("msg_1", DateTimeOffset.UtcNow.AddSeconds(seconds));
        AssertBoth(false, delivery.Headers, Encoding.UTF8.GetString(delivery.Body), SignedDelivery.Secret);
    }

    [Fact]
    public void Both_accept_a_delivery_when_one_of_several_signatures_fits()
    {
        SignedDelivery delivery = new("msg_1", DateTimeOffset.UtcNow);
        string genuine = delivery.Headers["webhook-signature"];
        string other = new SignedDelivery("msg_1", DateTimeOffset.UtcNow, secret: "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA").Headers["webhook-signature"];

        // The other implementation never checks the last of several; WebhookSignatureTests covers that place.
        foreach (string signatures in new[] { $"{genuine} {other}", $"{other} {genuine} {other}", $"v1a,x v2,{genuine[3..]} {genuine} {other}" })
        {
            delivery.Headers["webhook-signature"] = signatures;
            AssertBoth(true, delivery.Headers, Encoding.UTF8.GetString(delivery.Body), SignedDelivery.Secret);
        }

        delivery.Headers["webhook-signature"] = $"{other} {other}";
        AssertBoth(false, delivery.Headers, Encoding.UTF8.GetString(delivery.Body), SignedDelivery.Secret);
    }

    // The other implementation compares timestamps with the machine's clock, so that deliveries are signed now or an hour off.
    private static void AssertBoth(bool genuine, Dictionary<string, string> headers, string body, string secret)
    {
        string? reason = WebhookSignature.Verify(Encoding.UTF8.GetBytes(body), headers.GetValueOrDefault, [secret], TimeSpan.FromMinutes(5), DateTimeOffset.UtcNow);
        Assert.Equal(genuine, reason is null);
        Assert.Equal(genuine, IsGenuine(new StandardWebhook(secret), body, headers));
    }

    private static bool IsGenuine(StandardWebhook other, string body, Dictionary<string, string> headers)
    {
        HeaderDictionary given = [];
        foreach (KeyValuePair<string, string> header in headers)
        {
            given[header.Key] = header.Value;
        }

        try
        {
            other.Verify(body, given);
            return true;
        }
        catch (WebhookVerificationException)
        {
            return false;
        }
    }

    private static string Text(Random random) => string.Concat(Enumerable.Range(0, random.Next(0, 40)).Select(_ => random.Of(s_words)));

    private static byte[] Bytes(Random random, int count)
    {
        byte[] bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }
}
