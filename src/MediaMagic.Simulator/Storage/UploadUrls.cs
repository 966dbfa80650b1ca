using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading;

namespace MediaMagic.Simulator;

/// <summary>Signs presigned upload URLs and judges them.</summary>
internal sealed class UploadUrls
{
    public const string Version = "2023-11-03";
    private const string Container = "assets";
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";
    private readonly TimeProvider _clock;
    private readonly TimeSpan _lifetime;
    private readonly byte[] _key;
    private int _generation;

    public UploadUrls(SimulatorOptions options, SimulatorRandom random)
    {
        _clock = options.TimeProvider;
        _lifetime = options.UploadUrlLifetime;
        _key = random.Bytes(64);
    }

    public static string BlobPath(Exchange exchange) => string.Join("/", exchange.Segments.Skip(2));

    /// <summary>A URL without its signature.</summary>
    public static string Redact(string target)
    {
        int at = target.IndexOf("sig=", StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return target;
        }

        int end = target.IndexOf('&', at);
        string rest = end < 0 ? string.Empty : target.Substring(end);
        return $"{target.Substring(0, at)}sig=…{rest}";
    }

    /// <summary>Every URL signed so far is expired from now on.</summary>
    public void ExpireAll() => Interlocked.Increment(ref _generation);

    public Uri Sign(Uri baseUri, string blobPath, out DateTimeOffset expires)
    {
        expires = _clock.GetUtcNow() + _lifetime;
        string until = expires.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);
        string policy = Policy();
        string path = "/blob/" + Container + "/" + string.Join("/", blobPath.Split('/').Select(Uri.EscapeDataString));
        string signature = Uri.EscapeDataString(Signature(blobPath, until, policy, "cw"));
        return new Uri(baseUri, $"{path}?sv={Version}&se={Uri.EscapeDataString(until)}&sr=b&sp=cw&si={policy}&sig={signature}");
    }

    /// <summary>The answer that refuses a request whose URL is not signed or no longer good.</summary>
    public Reply? Refuse(Exchange exchange)
    {
        IReadOnlyDictionary<string, string> query = exchange.Query;
        if (!query.TryGetValue("sig", out string? signature) || !query.TryGetValue("se", out string? until)
            || !query.TryGetValue("si", out string? policy) || !query.TryGetValue("sp", out string? permissions))
        {
            return StorageReply.Error("NoAuthenticationInformation");
        }

        if (exchange.Segments[1] != Container || signature != Signature(BlobPath(exchange), until, policy, permissions))
        {
            return StorageReply.AuthenticationFailed("Signature did not match.");
        }

        bool parsed = DateTimeOffset.TryParseExact(
            until, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset end);
        return parsed && _clock.GetUtcNow() < end && policy == Policy()
            ? null
            : StorageReply.AuthenticationFailed("Signature not valid in the specified time frame.");
    }

    private string Policy() => "urls-" + Volatile.Read(ref _generation).ToString(CultureInfo.InvariantCulture);

    private string Signature(string blobPath, string until, string policy, string permissions)
    {
        using IncrementalHash hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        hmac.AppendData(Encoding.UTF8.GetBytes($"{permissions}\n{until}\n{blobPath}\n{policy}\n{Version}"));
        return Convert.ToBase64String(hmac.GetHashAndReset());
    }
}
