using System;
using System.IO;

namespace MediaMagic.Tests.Files;

/// <summary>Counts what is read, and gives no more than so much at once.</summary>
internal sealed class CountingStream(byte[] bytes, int atOnce = int.MaxValue) : MemoryStream(bytes)
{
    public int Total { get; private set; }

    public override int Read(byte[] buffer, int offset, int count)
    {
        int read = base.Read(buffer, offset, Math.Min(count, atOnce));
        Total += read;
        return read;
    }
}
