using System;
using System.Buffers;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Threading.Tasks;
#if NET
using System.Threading;
#endif

namespace MediaMagic.Transfer;

/// <summary>A part of the file as the body of one attempt, streamed through one small pooled buffer.</summary>
internal sealed class PartContent : HttpContent
{
    private const int SmallestWrite = 16 * 1024;
    private const int LargestWrite = 256 * 1024;
    private const int MostHeld = 4 * 1024 * 1024;
    private static readonly TimeSpan s_quick = TimeSpan.FromMilliseconds(20);

    private readonly SourceFile _source;
    private readonly long _offset;
    private readonly long _length;
    private readonly PartLog _log;
    private readonly IdleWatch _watch;

    public PartContent(SourceFile source, long offset, long length, PartLog log, IdleWatch watch)
    {
        _source = source;
        _offset = offset;
        _length = length;
        _log = log;
        _watch = watch;
        _watch.Arm();
    }

    /// <summary>Whether the last bytes wait until the file was looked at: for where their arrival makes the blob.</summary>
    public bool HoldsBackEnd { get; init; }

    /// <summary>Gets what compares the bytes with those that were checked.</summary>
    public ContentCheck? Check { get; init; }

    /// <summary>What becomes of it.</summary>
    public PartLog Log => _log;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => WriteAsync(stream);

#if NET
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) => WriteAsync(stream);
#endif

    protected override bool TryComputeLength(out long length)
    {
        length = _length;
        return true;
    }

    // The end of the attempt, answered or not.
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _watch.Disarm();
        }

        base.Dispose(disposing);
    }

    private async Task WriteAsync(Stream stream)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(LargestWrite);
        try
        {
            await WriteAsync(stream, buffer).ConfigureAwait(false);
        }
        catch (MediaMagicException failure)
        {
            _log.Failure = failure;
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task WriteAsync(Stream stream, byte[] buffer)
    {
        long began = _watch.Clock.GetTimestamp();
        int size = 4 * SmallestWrite;
        ContentSums? sums = Check is null ? null : new ContentSums(_offset);
        for (long done = 0; done < _length;)
        {
            int count = (int)Math.Min(size, _length - done);
            _source.Read(_offset + done, buffer, 0, count);
            done += count;
            sums?.Append(buffer.AsSpan(0, count));
            if (done == _length)
            {
                CheckEnd(sums);
            }

            long before = _watch.Clock.GetTimestamp();
            _log.Began = true;
            await stream.WriteAsync(buffer.AsMemory(0, count), _watch.Token).ConfigureAwait(false);
            _watch.Touch();
            _log.Sent(count);

            // On a slow line a large write would look like a stand-still.
            size = _watch.Clock.GetElapsedTime(before) < s_quick ? Math.Min(LargestWrite, size * 2) : SmallestWrite;
        }

        if (_length == 0)
        {
            CheckEnd(sums);
        }

        // What the system still holds goes out at its own pace, before there can be an answer.
        double held = Math.Min(1, (double)_length / MostHeld);
        _watch.Touch(_watch.Clock.GetElapsedTime(began) + TimeSpan.FromTicks((long)(_watch.Limit.Ticks * held)));
    }

    private void CheckEnd(ContentSums? sums)
    {
        if (sums is not null)
        {
            Check!.Add(sums.Finish());
        }

        if (HoldsBackEnd)
        {
            _source.CheckUnchanged();
            if (Check is { IsSame: false })
            {
                throw _source.Changed();
            }
        }
    }
}
