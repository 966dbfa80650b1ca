using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;

namespace MediaMagic.Simulator;

/// <summary>The rate limits of all keys and buckets.</summary>
internal sealed class RateLimiter
{
    private readonly ConcurrentDictionary<(string Key, string Bucket), RateGate> _gates = [];
    private readonly Dictionary<string, int> _limits;
    private readonly RateLimitMode _mode;
    private readonly TimeProvider _clock;

    public RateLimiter(SimulatorOptions options)
    {
        _mode = options.RateLimitMode;
        _clock = options.TimeProvider;
        _limits = Resolve(options.RateLimits);
    }

    /// <summary>Counts a request; the answer is a refusal when it is one too many.</summary>
    public Reply? Count(ApiKeyEntry key, string bucket)
    {
        if (!_limits.TryGetValue(bucket, out int limit))
        {
            return null;
        }

        RateGate gate = _gates.GetOrAdd((key.Key, bucket), _ => new RateGate(limit, _mode));
        return gate.TryEnter(_clock.GetUtcNow(), out TimeSpan wait)
            ? null
            : DefaultReplies.RateLimited(bucket).RetryAfter(Math.Max(1, wait.TotalSeconds));
    }

    private static Dictionary<string, int> Resolve(IDictionary<string, int>? asked)
    {
        Dictionary<string, int> limits = new(StringComparer.Ordinal);
        foreach (KeyValuePair<string, int> limit in asked ?? new Dictionary<string, int>())
        {
            if (limit.Value < 1 || (limit.Key != "*" && !Buckets.All.Contains(limit.Key)))
            {
                throw new ArgumentException(
                    $"'{limit.Key}' = {limit.Value} is no limit: at least 1 request, for * or one of {string.Join(", ", Buckets.All)}.");
            }
        }

        foreach (string bucket in Buckets.All)
        {
            if (asked is not null && (asked.TryGetValue(bucket, out int limit) || asked.TryGetValue("*", out limit)))
            {
                limits[bucket] = limit;
            }
        }

        return limits;
    }
}
