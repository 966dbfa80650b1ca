using System;
using System.Collections.Generic;

namespace MediaMagic.Simulator;

/// <summary>How a simulator behaves.</summary>
public sealed class SimulatorOptions
{
    /// <summary>The loopback port to listen on; 0 takes a free one.</summary>
    public int Port { get; set; }

    /// <summary>How long an asset takes to process, in seconds of <see cref="TimeProvider"/>.</summary>
    public double ProcessingSeconds { get; set; } = 2;

    /// <summary>How many times longer a slow asset takes.</summary>
    public double SlowFactor { get; set; } = 10;

    /// <summary>Requests per minute by bucket; the key <c>*</c> is every bucket that is not named. None means no limit.</summary>
    public IDictionary<string, int>? RateLimits { get; set; }

    /// <summary>How the rate limits are counted.</summary>
    public RateLimitMode RateLimitMode { get; set; }

    /// <summary>The sandbox key of the first workspace (<c>sk_test_...</c>); none makes a new one.</summary>
    public string? ApiKey { get; set; }

    /// <summary>The clock of processing, expiry, rate limits, webhook retries and timeouts.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>The folder of uploaded bytes, kept on disposal; none is a private temporary folder, deleted on disposal.</summary>
    public string? StorageFolder { get; set; }

    /// <summary>How long a presigned upload URL is good for.</summary>
    public TimeSpan UploadUrlLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Storage answers 403 to Put Block and Put Block List.</summary>
    public bool RefuseBlocks { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether storage acts as before <c>x-ms-version</c> 2019-02-02: it ignores
    /// <c>x-ms-content-crc64</c>, never returns it, and returns the MD5 of every body.
    /// </summary>
    public bool IgnoreCrc64 { get; set; }

    /// <summary>Storage keeps the length and hash of what it receives, not the bytes.</summary>
    public bool DiscardBlobContent { get; set; }

    /// <summary>How many webhook subscriptions a workspace may have.</summary>
    public int MaxWebhookSubscriptions { get; set; } = 10;

    /// <summary>How often one asset may be retried.</summary>
    public int MaxRetries { get; set; } = 3;

    /// <summary>Accepts plain http webhook endpoints on this machine, which the service does not.</summary>
    public bool AllowLoopbackWebhooks { get; set; } = true;

    /// <summary>The pause before the second attempt of a webhook delivery; it doubles for every further one.</summary>
    public double WebhookRetrySeconds { get; set; } = 1;

    /// <summary>How long a webhook delivery waits for its answer, in seconds of <see cref="TimeProvider"/>.</summary>
    public double WebhookTimeoutSeconds { get; set; } = 10;

    /// <summary>How often a webhook delivery is attempted in all.</summary>
    public int WebhookAttempts { get; set; } = 5;

    /// <summary>Leaves the assets' <c>status</c> out of a submission's status, as one page of the documentation does.</summary>
    public bool OmitAssetStatus { get; set; }

    /// <summary>Wraps the lists of versions and of webhook subscriptions in an object.</summary>
    public bool WrapLists { get; set; }

    /// <summary>Makes keys and the faults' probability repeatable.</summary>
    public int? Seed { get; set; }
}
