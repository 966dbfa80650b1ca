using System;
using System.Buffers;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Threading.Tasks;
using MediaMagic.Http;
#if NET
using System.Threading;
#endif

namespace MediaMagic.Transfer;

/// <summary>A part of the file as the body of one attempt, streamed through one pooled buffer.</summary>
internal sealed class PartContent(FilePart part, IdleWatch watch) : HttpContent
{
    private const int MinWrite = 16 * 1024;
    private const int MaxWrite = 256 * 1024;
    private const int MaxHeld = 4 * 1024 * 1024;
    private static readonly TimeSpan s_quick = TimeSpan.FromMilliseconds(20);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => WriteAsync(stream);

#if NET
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) => WriteAsync(stream);
#endif

    protected override bool TryComputeLength(out long length)
    {
        length = part.Length;
        return true;
    }

    private async Task WriteAsync(Stream stream)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(MaxWrite);
        try
        {
            await WriteAsync(stream, buffer).ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task WriteAsync(Stream stream, byte[] buffer)
    {
        long began = watch.Clock.GetTimestamp();
        watch.Touch();
        int size = 4 * MinWrite;
        ContentSums sums = new(part.Offset);
        for (long done = 0; done < part.Length;)
        {
            int count = (int)Math.Min(size, part.Length - done);
            part.Source.Read(part.Offset + done, buffer, 0, count);
            done += count;
            sums.Append(buffer.AsSpan(0, count));
            if (done == part.Length)
            {
                part.End(sums.Finish());
            }

            long before = watch.Clock.GetTimestamp();
            await stream.WriteAsync(buffer.AsMemory(0, count), watch.Token).ConfigureAwait(false);
            watch.Touch();
            part.Sent(count);

            // On a slow line a large write would look like a stand-still.
            size = watch.Clock.GetElapsedTime(before) < s_quick ? Math.Min(MaxWrite, size * 2) : MinWrite;
        }

        if (part.Length == 0)
        {
            part.End([]);
        }

        // What the system still holds goes out at its own pace, before there can be an answer.
        double held = Math.Min(1, (double)part.Length / MaxHeld);
        watch.Touch(watch.Clock.GetElapsedTime(began) + TimeSpan.FromTicks((long)(watch.Limit.Ticks * held)));
    }
}
