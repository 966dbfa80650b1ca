using System;
using System.Collections.Generic;
using System.Linq;
using MediaMagic.Webhooks;
using Xunit;

namespace MediaMagic.Tests.Webhooks;

/// <summary>The cases that the reference libraries of Standard Webhooks test, and rotation.</summary>
public sealed class WebhookSignatureTests
{
    private const string Other = "Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc=";
    private static readonly DateTimeOffset s_now = new(2026, 6, 3, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<string, string?, string?, bool> Changes => new()
    {
        { "webhook-id", null, null, false },
        { "webhook-timestamp", null, null, false },
        { "webhook-signature", null, null, false },
        { "webhook-id", "", null, false },
        { "webhook-timestamp", "hello", null, false },
        { "webhook-timestamp", "-1", null, false },
        { "webhook-timestamp", " 1", null, false },
        { "webhook-timestamp", "99999999999999999999", null, false },
        { "webhook-signature", "v1," + Other, null, false },
        { "webhook-signature", "v1,", null, false },
        { "webhook-signature", "v1", null, false },
        { "webhook-signature", "", null, false },
        { "webhook-signature", "v1,not base64", null, false },
        { "webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OA=", null, false },
        { "webhook-signature", $"v1,{Other} v2,{Other} {{0}} v1,{Other}", null, true },
        { "webhook-signature", "v1a,x {0}", null, true },
        { "x-other", "y", null, true },
        { "x-other", "y", "{\"test\": 2432232315}", false },
    };

    [Fact]
    public void The_documented_vector_is_genuine()
    {
        Dictionary<string, string> headers = new()
        {
            ["webhook-id"] = "msg_p5jXN8AQM9LWM0D4loKWxJek",
            ["webhook-timestamp"] = "1614265330",
            ["webhook-signature"] = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        };
        DateTimeOffset then = DateTimeOffset.FromUnixTimeSeconds(1614265330);
        Assert.Null(WebhookSignature.Verify("{\"test\": 2432232314}"u8.ToArray(), headers.GetValueOrDefault, [SignedDelivery.Secret], TimeSpan.FromMinutes(5), then));
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_changed_delivery_is_what_it_is(string header, string? value, string? body, bool genuine)
    {
        SignedDelivery delivery = new("msg_p5jXN8AQM9LWM0D4loKWxJek", s_now, "{\"test\": 2432232314}");
        string original = delivery.Headers["webhook-signature"];
        delivery.Headers.Remove(header);
        if (value is not null)
        {
            delivery.Headers[header] = value.Replace("{0}", original, StringComparison.Ordinal);
        }

        string? reason = Verify(delivery, s_now, body is null ? null : System.Text.Encoding.UTF8.GetBytes(body), SignedDelivery.Secret);
        Assert.Equal(genuine, reason is null);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(300, true)]
    [InlineData(301, false)]
    [InlineData(-300, true)]
    [InlineData(-301, false)]
    public void Five_minutes_are_allowed_either_way(int seconds, bool genuine) =>
        Assert.Equal(genuine, Verify(new SignedDelivery("m", s_now.AddSeconds(-seconds)), s_now, null, SignedDelivery.Secret) is null);

    [Fact]
    public void A_secret_needs_no_prefix() =>
        Assert.Null(Verify(new SignedDelivery("m", s_now), s_now, null, SignedDelivery.Secret["whsec_".Length..]));

    [Fact]
    public void Any_of_several_secrets_will_do()
    {
        string[] secrets = [.. Enumerable.Range(0, 4).Select(i => "whsec_" + Convert.ToBase64String(new byte[24].Select(_ => (byte)i).ToArray()))];
        foreach (string secret in secrets)
        {
            Assert.Null(Verify(new SignedDelivery("m", s_now, secret: secret), s_now, null, secrets));
        }

        Assert.Equal("No signature fits.", Verify(new SignedDelivery("m", s_now), s_now, null, secrets));
    }

    [Theory]
    [InlineData("")]
    [InlineData("whsec_")]
    [InlineData("whsec_canary!")]
    [InlineData("   ")]
    public void What_is_no_secret_is_refused_and_not_shown(string secret)
    {
        ArgumentException refused = Assert.Throws<ArgumentException>(() => Verify(new SignedDelivery("m", s_now), s_now, null, secret));
        Assert.DoesNotContain("canary", refused.Message, StringComparison.Ordinal);
    }

    private static string? Verify(SignedDelivery delivery, DateTimeOffset now, byte[]? body, params string[] secrets) =>
        WebhookSignature.Verify(body ?? delivery.Body, delivery.Headers.GetValueOrDefault, secrets, TimeSpan.FromMinutes(5), now);
}
