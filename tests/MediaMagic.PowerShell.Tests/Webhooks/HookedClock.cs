using System;

namespace MediaMagic.Tests.Webhooks;

/// <summary>A clock that runs code of the test when it is read.</summary>
internal sealed class HookedClock : TimeProvider
{
    /// <summary>Gets or sets what runs before a timestamp is returned.</summary>
    public Action? Reading { get; set; }

    /// <summary>Gets or sets how far the clock is ahead.</summary>
    public TimeSpan Ahead { get; set; }

    public override long GetTimestamp()
    {
        Reading?.Invoke();
        return base.GetTimestamp() + (long)(Ahead.TotalSeconds * TimestampFrequency);
    }
}
