using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace MediaMagic.Tests.Transfer;

/// <summary>A line on which every write takes its time.</summary>
public sealed class SlowStream(Action pass) : MemoryStream
{
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        pass();
        await base.WriteAsync(buffer, cancellationToken);
    }

    public override async Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        pass();
        await base.WriteAsync(buffer.AsMemory(offset, count), cancellationToken);
    }
}
