using System.Threading;

namespace MediaMagic.Http;

/// <summary>What a session has done so far.</summary>
internal sealed class ClientCounters
{
    private long _requests;
    private long _retries;
    private long _rateLimited;

    public long Requests => Interlocked.Read(ref _requests);

    public long Retries => Interlocked.Read(ref _retries);

    public long RateLimited => Interlocked.Read(ref _rateLimited);

    public void Sent() => Interlocked.Increment(ref _requests);

    public void Retried() => Interlocked.Increment(ref _retries);

    public void Refused() => Interlocked.Increment(ref _rateLimited);
}
