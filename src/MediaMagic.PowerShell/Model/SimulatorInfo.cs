using System;

namespace MediaMagic;

/// <summary>The simulator that runs in this process.</summary>
public sealed class SimulatorInfo
{
    /// <summary>Its address; its page is there, too.</summary>
    public Uri? BaseUri { get; set; }

    /// <summary>A sandbox key that it takes.</summary>
    public string? ApiKey { get; set; }

    /// <summary>A live key that it takes.</summary>
    public string? LiveApiKey { get; set; }

    /// <summary>How many requests it got.</summary>
    public long Requests { get; set; }

    /// <summary>How many submissions it holds.</summary>
    public int Submissions { get; set; }

    /// <inheritdoc/>
    public override string ToString() => BaseUri?.ToString() ?? string.Empty;
}
