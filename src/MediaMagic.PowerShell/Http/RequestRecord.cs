using System;

namespace MediaMagic;

/// <summary>One request as it is remembered: what was asked and how it ended.</summary>
public sealed class RequestRecord
{
    /// <summary>When it was asked.</summary>
    public DateTimeOffset Time { get; set; }

    /// <summary>The method.</summary>
    public string? Method { get; set; }

    /// <summary>The path and query, without secrets.</summary>
    public string? Path { get; set; }

    /// <summary>The status of the last answer; empty when there was none.</summary>
    public int? StatusCode { get; set; }

    /// <summary>How many times it was sent.</summary>
    public int Attempts { get; set; }

    /// <summary>How long it took in all, waiting included.</summary>
    public double DurationMs { get; set; }

    /// <summary>The error's code, where it ended in one.</summary>
    public string? ErrorCode { get; set; }

    /// <inheritdoc/>
    public override string ToString() => $"{Method} {Path} {(StatusCode is int status ? status.ToString(System.Globalization.CultureInfo.InvariantCulture) : ErrorCode)}";
}
