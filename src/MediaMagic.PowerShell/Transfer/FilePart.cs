using System.Collections.Generic;
using System.Net.Http;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Http;

namespace MediaMagic.Transfer;

/// <summary>A part of the file that one request carries, over all its attempts.</summary>
internal sealed class FilePart(UploadJob job, long offset, long length)
{
    private long _sent;

    public SourceFile Source => job.Source;

    public long Offset => offset;

    public long Length => length;

    /// <summary>Gets the CRC64 of the bytes of the last attempt.</summary>
    public ulong Crc { get; private set; }

    /// <summary>Gets a value indicating whether the last bytes of the attempt were handed over. Without them nothing can be stored.</summary>
    public bool IsSent { get; private set; }

    /// <summary>Creates the body of an attempt. What the one before sent no longer counts.</summary>
    public HttpContent NewBody(IdleWatch? watch)
    {
        job.Meter.Add(-Interlocked.Exchange(ref _sent, 0));
        IsSent = false;
        return new PartContent(this, watch!);
    }

    public void Sent(int count)
    {
        Interlocked.Add(ref _sent, count);
        job.Meter.Add(count);
    }

    /// <summary>Ends an attempt before its last bytes go out: where their arrival makes the blob, the file must be what was checked.</summary>
    public void End(IReadOnlyList<ContentSum> sums)
    {
        Crc = ContentSum.Of(sums);
        job.Check?.Add(sums);
        if (length == job.Source.Length)
        {
            job.CheckUnchanged();
        }

        IsSent = true;
    }

    /// <summary>Reads the part for its CRC64 and counts it as checked, without sending it.</summary>
    public Task<ulong> ReadCrcAsync(CancellationToken stop) => Task.Run(
        () =>
        {
            IReadOnlyList<ContentSum> sums = ContentDigest.Read(job.Source, offset, length, null, stop);
            job.Check?.Add(sums);
            return ContentSum.Of(sums);
        },
        stop);

    /// <summary>Reads the part for its MD5, for storage that knows no CRC64.</summary>
    public Task<byte[]> ReadMd5Async(CancellationToken stop) => Task.Run(
        () =>
        {
            using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
            ContentDigest.Read(job.Source, offset, length, hash, stop);
            return hash.GetHashAndReset();
        },
        stop);
}
