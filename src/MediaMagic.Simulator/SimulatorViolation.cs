using System;

namespace MediaMagic.Simulator;

/// <summary>Something that a client of the service must never do.</summary>
public sealed class SimulatorViolation
{
    internal SimulatorViolation(DateTimeOffset time, string kind, string request)
    {
        Time = time;
        Kind = kind;
        Request = request;
    }

    /// <summary>When it happened.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>What happened, for example <c>KeySentToStorage</c>.</summary>
    public string Kind { get; }

    /// <summary>The request's method and path.</summary>
    public string Request { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Kind}: {Request}";
}
