using System;
using MediaMagic.Client;
using MediaMagic.Errors;

namespace MediaMagic;

/// <summary>A connection to the service: who we are there, and how it goes.</summary>
public sealed class MMSession
{
    private MediaMagicClient? _client;
    private Uri? _baseUri;
    private string? _environment;
    private string? _keyHint;
    private BreakerState? _breakerState;
    private long? _requests;
    private long? _retries;
    private long? _rateLimited;
    private int? _retryTokens;

    /// <summary>A session without a connection; for tests of scripts.</summary>
    public MMSession()
    {
    }

    internal MMSession(string name, MediaMagicClient client)
    {
        Name = name;
        _client = client;
    }

    /// <summary>The session's name.</summary>
    public string? Name { get; set; }

    /// <summary>The service's address.</summary>
    public Uri? BaseUri { get => _baseUri ?? _client?.BaseUri; set => _baseUri = value; }

    /// <summary>Live or Sandbox, by the key.</summary>
    public string? Environment { get => _environment ?? (_client is null ? null : _client.IsSandbox ? "Sandbox" : "Live"); set => _environment = value; }

    /// <summary>The key, as it may be shown.</summary>
    public string? KeyHint { get => _keyHint ?? _client?.KeyHint; set => _keyHint = value; }

    /// <summary>Whether the circuit breaker lets requests through.</summary>
    public BreakerState BreakerState { get => _breakerState ?? _client?.BreakerState ?? default; set => _breakerState = value; }

    /// <summary>How many times a request was sent.</summary>
    public long Requests { get => _requests ?? _client?.Requests ?? 0; set => _requests = value; }

    /// <summary>How many of these were retries.</summary>
    public long Retries { get => _retries ?? _client?.Retries ?? 0; set => _retries = value; }

    /// <summary>How many were answered 429.</summary>
    public long RateLimited { get => _rateLimited ?? _client?.RateLimited ?? 0; set => _rateLimited = value; }

    /// <summary>Gets or sets how many tokens of the retry budget are left: a retry takes 10 of 500, and waits while there are fewer.</summary>
    public int RetryTokens { get => _retryTokens ?? _client?.RetryTokens ?? 0; set => _retryTokens = value; }

    /// <summary>The submissions and assets seen, for completion.</summary>
    internal SeenIds Seen { get; } = new();

    /// <inheritdoc/>
    public override string ToString() => Name ?? string.Empty;

    /// <summary>The client behind the session; an error when it was disconnected.</summary>
    internal MediaMagicClient RequireClient() => _client ?? throw new MediaMagicException(LocalErrors.NotConnected(Name));

    internal MediaMagicClient? FindClient() => _client;

    /// <summary>Closes the connection. Returns a sentence about the lines that its log lost; null when it lost none.</summary>
    internal string? Close()
    {
        MediaMagicClient? client = System.Threading.Interlocked.Exchange(ref _client, null);
        client?.Dispose();
        return client?.LogLoss;
    }
}
