using System;

namespace MediaMagic.Transfer;

/// <summary>The limits of uploads; tests make them small.</summary>
internal sealed class TransferOptions
{
    /// <summary>The largest file that goes directly.</summary>
    public long DirectLimit { get; init; } = 10L * 1024 * 1024;

    /// <summary>The largest file that goes to storage in one request.</summary>
    public long SinglePutLimit { get; init; } = 64L * 1024 * 1024;

    /// <summary>How long no byte may move.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many times one storage request is sent at the most.</summary>
    public int MaxAttempts { get; init; } = 5;

    /// <summary>Whether MD5s of several blocks are computed at once where the processor can.</summary>
    public bool UseLanes { get; init; } = true;
}
