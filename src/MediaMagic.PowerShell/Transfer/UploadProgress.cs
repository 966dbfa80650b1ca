using System;

namespace MediaMagic.Transfer;

/// <summary>How far an upload is.</summary>
/// <param name="BytesSent">The bytes sent so far; never less than at the last update.</param>
/// <param name="TotalBytes">The file's length.</param>
/// <param name="BytesPerSecond">The rate of the last seconds.</param>
/// <param name="TimeLeft">The time that the rest takes at that rate; none while nothing moves.</param>
public readonly record struct UploadProgress(long BytesSent, long TotalBytes, double BytesPerSecond, TimeSpan? TimeLeft)
{
    /// <summary>Gets how many of the bytes an interrupted upload had sent.</summary>
    public long ResumedBytes { get; init; }

    /// <summary>How far it is, from 0 to 100.</summary>
    public double Percent => TotalBytes == 0 ? 100 : 100.0 * BytesSent / TotalBytes;
}
