using System;
using System.Security.Cryptography;
using System.Text;

namespace MediaMagic.Simulator;

/// <summary>Signs deliveries by Standard Webhooks.</summary>
internal static class WebhookSignature
{
    public static string Sign(byte[] secret, string id, string timestamp, byte[] body)
    {
        using IncrementalHash hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        hmac.AppendData(Encoding.UTF8.GetBytes($"{id}.{timestamp}."));
        hmac.AppendData(body);
        return "v1," + Convert.ToBase64String(hmac.GetHashAndReset());
    }
}
