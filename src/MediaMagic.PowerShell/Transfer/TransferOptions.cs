using System;

namespace MediaMagic.Transfer;

/// <summary>The limits of uploads; tests make them small.</summary>
internal sealed class TransferOptions
{
    /// <summary>The largest file that goes directly.</summary>
    public long DirectLimit { get; init; } = 10L * 1024 * 1024;

    /// <summary>Gets the length from which a file goes to storage in blocks.</summary>
    public long BlocksFrom { get; init; } = 64L * 1024 * 1024;

    /// <summary>Gets the length of the largest file whose content is identified before it is uploaded.</summary>
    public long MaxIdentified { get; init; } = 64L * 1024 * 1024;

    /// <summary>Gets how long no byte may move.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(30);
}
