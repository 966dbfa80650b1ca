using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace MediaMagic.Webhooks;

/// <summary>Verifies a delivery by Standard Webhooks: the signature fits one of the secrets, and the time is near.</summary>
public static class WebhookSignature
{
    internal const string IdHeader = "webhook-id";
    internal const string TimestampHeader = "webhook-timestamp";
    internal const string SignatureHeader = "webhook-signature";
    private const string SecretPrefix = "whsec_";
    private const string Version = "v1,";

    /// <summary>Null when the delivery is genuine, else the reason why it is not taken for it.</summary>
    public static string? Verify(
        byte[] body, Func<string, string?> header, IEnumerable<string> secrets, TimeSpan tolerance, DateTimeOffset now) =>
        Verify(body, header, KeysOf(secrets), tolerance, now);

    /// <summary>The same with keys that were read before.</summary>
    internal static string? Verify(byte[] body, Func<string, string?> header, byte[][] keys, TimeSpan tolerance, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(header);
        string? id = header(IdHeader);
        string? timestamp = header(TimestampHeader);
        string? signatures = header(SignatureHeader);
        if (string.IsNullOrEmpty(id) || string.IsNullOrEmpty(timestamp) || string.IsNullOrEmpty(signatures))
        {
            return "A header is missing: webhook-id, webhook-timestamp and webhook-signature are needed.";
        }

        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds))
        {
            return "The webhook-timestamp is not a number of seconds.";
        }

        double age = now.ToUnixTimeSeconds() - (double)seconds;
        if (Math.Abs(age) > tolerance.TotalSeconds)
        {
            return string.Format(
                CultureInfo.InvariantCulture, "The timestamp is {0:0} s {1}, and {2:0} s are allowed.", Math.Abs(age), age > 0 ? "old" : "ahead", tolerance.TotalSeconds);
        }

        byte[][] given = [.. signatures!.Split(' ').Where(part => part.StartsWith(Version, StringComparison.Ordinal)).Select(part => Decode(part.Substring(Version.Length))).OfType<byte[]>()];
        bool genuine = false;
        foreach (byte[] key in keys)
        {
            byte[] expected = Sign(key, id!, timestamp!, body);
            foreach (byte[] signature in given)
            {
                genuine |= CryptographicOperations.FixedTimeEquals(expected, signature);
            }
        }

        return genuine ? null : given.Length == 0 ? "There is no v1 signature." : "No signature fits.";
    }

    /// <summary>The keys that the secrets stand for.</summary>
    internal static byte[][] KeysOf(IEnumerable<string> secrets) => [.. secrets.Select(KeyOf)];

    private static byte[] Sign(byte[] key, string id, string timestamp, byte[] body)
    {
        using HMACSHA256 mac = new(key);
        byte[] head = Encoding.UTF8.GetBytes($"{id}.{timestamp}.");
        mac.TransformBlock(head, 0, head.Length, null, 0);
        mac.TransformFinalBlock(body, 0, body.Length);
        return mac.Hash!;
    }

    private static byte[] KeyOf(string secret)
    {
        string text = secret.Trim();
        return Decode(text.StartsWith(SecretPrefix, StringComparison.Ordinal) ? text.Substring(SecretPrefix.Length) : text)
            ?? throw new ArgumentException("A webhook secret is whsec_ and base64 behind it; one of the secrets is not.");
    }

    private static byte[]? Decode(string base64)
    {
        try
        {
            byte[] bytes = Convert.FromBase64String(base64);
            return bytes.Length > 0 ? bytes : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
