using System;
using System.Net;
using System.Net.Http;
using MediaMagic.IO;

namespace MediaMagic;

/// <summary>How a client talks to the service; every value has a sane default and a bound.</summary>
public sealed class MediaMagicClientOptions
{
    /// <summary>The address of the service when nothing else is said.</summary>
    public static Uri DefaultBaseUri { get; } = new("https://mm-midmarket-integrations-api-preview.azurewebsites.net/");

    /// <summary>The part of the address before <c>/api/integrations</c>.</summary>
    public Uri BaseUri { get; set; } = DefaultBaseUri;

    /// <summary>The limit of one attempt.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many times a request is sent at the most.</summary>
    public int MaxAttempts { get; set; } = 4;

    /// <summary>The delay before the first retry; it doubles from there.</summary>
    public TimeSpan RetryBaseDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest delay: when the service asks for more, the call gives up at once.</summary>
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Whether a service that keeps failing is left alone for a while.</summary>
    public bool CircuitBreaker { get; set; } = true;

    /// <summary>How many failures in a row open the breaker.</summary>
    public int BreakerThreshold { get; set; } = 5;

    /// <summary>How long the breaker stays open.</summary>
    public TimeSpan BreakerDuration { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>A file that gets one JSON line a request.</summary>
    public string? LogPath { get; set; }

    /// <summary>The proxy to go through; none: the system's.</summary>
    public Uri? Proxy { get; set; }

    /// <summary>Who we are to the proxy.</summary>
    public ICredentials? ProxyCredential { get; set; }

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Chance, from 0 up to 1; for the jitter.</summary>
    internal Func<double> Random { get; set; } = SharedRandom.NextDouble;

    /// <summary>Gets or sets the function that returns the system's proxy.</summary>
    internal Func<IWebProxy?> SystemProxy { get; set; } = MediaMagic.SystemProxy.Get;

    /// <summary>What sends; for tests.</summary>
    internal Func<HttpMessageHandler>? Handler { get; set; }

    /// <summary>What sends to storage; for tests.</summary>
    internal Func<HttpMessageHandler>? StorageHandler { get; set; }

    /// <summary>Gets or sets how paths of files are compared; for tests.</summary>
    internal PathIdentity PathIdentity { get; set; } = PathIdentity.Default;

    /// <summary>Refuses values that cannot work, each with what is allowed.</summary>
    public void Validate()
    {
        BaseAddress.Check(BaseUri);
        Within(Timeout, 0.001, 86400, nameof(Timeout));
        Within(RetryBaseDelay, 0, 3600, nameof(RetryBaseDelay));
        Within(MaxRetryDelay, 0, 86400, nameof(MaxRetryDelay));
        Within(BreakerDuration, 0.001, 86400, nameof(BreakerDuration));
        Within(MaxAttempts, 1, 100, nameof(MaxAttempts));
        Within(BreakerThreshold, 1, 10000, nameof(BreakerThreshold));
        if (Proxy is { IsAbsoluteUri: false })
        {
            throw new ArgumentException("The proxy must be an absolute address such as http://proxy:8080.", nameof(Proxy));
        }

        if (Proxy is { UserInfo.Length: > 0 })
        {
            // It would not be used, and named in the error of every request that the proxy refuses.
            throw new ArgumentException("The proxy's address must have no user name and password in it; they are the proxy's credential.", nameof(Proxy));
        }
    }

    private static void Within(TimeSpan value, double least, double most, string name)
    {
        if (value.TotalSeconds < least || value.TotalSeconds > most)
        {
            throw new ArgumentOutOfRangeException(name, $"{name} must be from {least} to {most} seconds; {value.TotalSeconds} is not.");
        }
    }

    private static void Within(int value, int least, int most, string name)
    {
        if (value < least || value > most)
        {
            throw new ArgumentOutOfRangeException(name, $"{name} must be from {least} to {most}; {value} is not.");
        }
    }
}
