using System;
using MediaMagic.Http;
using MediaMagic.Transfer;

namespace MediaMagic.Client;

/// <summary>The MediaMagic Integrations API for one key; safe to share between threads.</summary>
public sealed class MediaMagicClient : IDisposable
{
    private readonly ApiSender _sender;
    private readonly SubmittedPaths _submitted;
    private readonly RetryBudget _budget;
    private readonly bool _owner;

    /// <summary>A client for the key.</summary>
    public MediaMagicClient(string apiKey, MediaMagicClientOptions? options = null)
        : this(ApiKey.Parse(apiKey), options)
    {
    }

    /// <summary>A client for the key.</summary>
    public MediaMagicClient(ApiKey key, MediaMagicClientOptions? options = null)
        : this(key ?? throw new ArgumentNullException(nameof(key)), options ?? new MediaMagicClientOptions(), budget: null)
    {
        _owner = true;
    }

    private MediaMagicClient(ApiKey key, MediaMagicClientOptions options, RetryBudget? budget)
        : this(
            new ApiSender(key, options, budget ??= new RetryBudget(options.TimeProvider)),
            null,
            new TransferSession(options, key, budget),
            budget,
            null)
    {
    }

    private MediaMagicClient(ApiSender sender, SubmittedPaths? submitted, TransferSession transfer, RetryBudget budget, RequestObserver? observer)
    {
        _sender = sender;
        _budget = budget;
        _submitted = submitted ?? new SubmittedPaths(transfer);
        Transfer = transfer;
        Uploads = new UploadsClient(sender, observer);
        Files = new FileUploader(Uploads, transfer);
        Submissions = new SubmissionsClient(sender, _submitted, observer);
        Assets = new AssetsClient(sender, Submissions, observer);
        Webhooks = new WebhooksClient(sender, observer);
        Sandbox = new SandboxClient(sender, observer);
    }

    /// <summary>Uploads.</summary>
    public UploadsClient Uploads { get; }

    /// <summary>Whole files, of any size.</summary>
    public FileUploader Files { get; }

    /// <summary>Submissions.</summary>
    public SubmissionsClient Submissions { get; }

    /// <summary>Assets and their results.</summary>
    public AssetsClient Assets { get; }

    /// <summary>Webhook subscriptions.</summary>
    public WebhooksClient Webhooks { get; }

    /// <summary>The sandbox.</summary>
    public SandboxClient Sandbox { get; }

    /// <summary>The service's address.</summary>
    public Uri BaseUri => _sender.BaseUri;

    /// <summary>The key, as it may be shown.</summary>
    public string KeyHint => _sender.Key.Hint;

    /// <summary>Whether the key is a sandbox key.</summary>
    public bool IsSandbox => _sender.Key.IsSandbox;

    /// <summary>How many times a request was sent.</summary>
    public long Requests => _sender.Counters.Requests;

    /// <summary>How many of these were retries.</summary>
    public long Retries => _sender.Counters.Retries;

    /// <summary>How many were answered 429.</summary>
    public long RateLimited => _sender.Counters.RateLimited;

    /// <summary>Gets how many tokens of the retry budget are left. A retry takes 10 of 500.</summary>
    public int RetryTokens => _budget.Tokens;

    /// <summary>Whether the circuit breaker lets requests through.</summary>
    public BreakerState BreakerState => _sender.BreakerState;

    /// <summary>What the rate buckets used so far let through now.</summary>
    public GateStatus[] Gates => _sender.Gates;

    /// <summary>The last 200 requests, oldest first.</summary>
    public RequestRecord[] History => _sender.History.Snapshot;

    /// <summary>Gets a sentence about the lines that the log lost at its end; null when it lost none.</summary>
    internal string? LogLoss => _sender.LogLoss;

    internal ApiSender Sender => _sender;

    internal TransferSession Transfer { get; }

    /// <summary>The same client, telling the observer of the requests made through it.</summary>
    public MediaMagicClient Observed(RequestObserver observer) => new(_sender, _submitted, Transfer, _budget, observer);

    /// <inheritdoc/>
    public override string ToString() => $"{BaseUri} {KeyHint}";

    /// <summary>Closes the connections; an observed view leaves that to the client that it came from.</summary>
    public void Dispose()
    {
        if (_owner)
        {
            _sender.Dispose();
            Transfer.Dispose();
        }
    }
}
