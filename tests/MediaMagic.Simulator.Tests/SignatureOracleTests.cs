using System;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using StandardWebhooks;
using StandardWebhooks.Diagnostics;
using Xunit;

namespace MediaMagic.Simulator.Tests;

/// <summary>Another implementation of Standard Webhooks verifies what the simulator signs.</summary>
public sealed class SignatureOracleTests
{
    // It compares timestamps with the machine's clock.
    private readonly string _timestamp = $"{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}";
    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(32);

    [Theory]
    [InlineData("")]
    [InlineData("""{"id":"msg_1","type":"asset.processing.completed","data":{}}""")]
    [InlineData("\u00e4\u202e\ud83c\udfac\r\n\0.")]
    public void Sign_makes_a_signature_that_the_other_implementation_accepts(string body) =>
        Verify("msg_1", body, Sign("msg_1", body));

    [Theory]
    [InlineData("msg_2", "body")]
    [InlineData("msg_1", "Body")]
    public void Sign_makes_a_signature_that_the_other_implementation_rejects_for_another_delivery(string id, string body) =>
        Assert.Throws<WebhookVerificationException>(() => Verify(id, body, Sign("msg_1", "body")));

    private string Sign(string id, string body) => WebhookSignature.Sign(_secret, id, _timestamp, Encoding.UTF8.GetBytes(body));

    private void Verify(string id, string body, string signature) => new StandardWebhook(_secret).Verify(
        body, new HeaderDictionary { ["webhook-id"] = id, ["webhook-timestamp"] = _timestamp, ["webhook-signature"] = signature });
}
