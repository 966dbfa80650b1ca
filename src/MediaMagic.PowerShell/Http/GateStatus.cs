using System;

namespace MediaMagic;

/// <summary>What a rate bucket lets through now.</summary>
public sealed class GateStatus
{
    /// <summary>The bucket's name.</summary>
    public string? Bucket { get; set; }

    /// <summary>How long nothing is sent, after a 429.</summary>
    public TimeSpan? ClosedFor { get; set; }

    /// <summary>The pace learned from the last 429; empty when there is none.</summary>
    public double? RequestsPerMinute { get; set; }
}
