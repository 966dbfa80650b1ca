using System;
using MediaMagic.Client;

namespace MediaMagic.Tests;

/// <summary>Clients as the tests want them.</summary>
public static class TestClient
{
    public static string SandboxKey { get; } = "sk_test_" + new string('a', 60) + "ab12";

    public static string LiveKey { get; } = "sk_live_" + new string('b', 60) + "cd34";

    /// <summary>A client whose service is the prepared answers and whose time is the clock's.</summary>
    public static MediaMagicClient With(Answers answers, FakeClock clock, Action<MediaMagicClientOptions>? change = null, string? key = null)
    {
        MediaMagicClientOptions options = new() { TimeProvider = clock, Handler = () => answers, BaseUri = new Uri("https://api.test/") };
        change?.Invoke(options);
        return new MediaMagicClient(key ?? SandboxKey, options);
    }

    /// <summary>A client of a server on this machine, with delays too short to notice.</summary>
    public static MediaMagicClient Of(Uri baseUri, string? key = null, Action<MediaMagicClientOptions>? change = null)
    {
        MediaMagicClientOptions options = new() { BaseUri = baseUri, RetryBaseDelay = TimeSpan.FromMilliseconds(1), Timeout = TimeSpan.FromMinutes(10) };
        change?.Invoke(options);
        return new MediaMagicClient(key ?? SandboxKey, options);
    }
}
