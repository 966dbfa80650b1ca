using System;
using System.Collections.Generic;

namespace MediaMagic.Webhooks;

/// <summary>Decides which deliveries are believed.</summary>
internal sealed class DeliveryVerifier(IEnumerable<string> secrets, bool allowUnsigned, TimeProvider clock)
{
    private static readonly TimeSpan s_tolerance = TimeSpan.FromMinutes(5);
    private readonly byte[][] _keys = WebhookSignature.KeysOf(secrets);

    /// <summary>Null when the delivery is believed, else why it is not.</summary>
    public string? Refuse(RequestHead head, byte[] body)
    {
        if (allowUnsigned && (_keys.Length == 0 || head.Header(WebhookSignature.SignatureHeader) is null))
        {
            // Any page in a browser on this machine can post here, but not without naming where it came from.
            return head.Header("origin") is null ? null : "It comes from a browser, and unsigned deliveries are not taken from one.";
        }

        return WebhookSignature.Verify(body, head.Header, _keys, s_tolerance, clock.GetUtcNow());
    }
}
