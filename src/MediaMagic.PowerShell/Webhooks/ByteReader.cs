using System;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace MediaMagic.Webhooks;

/// <summary>Reads a connection through a buffer that never grows, until the client leaves or the time is over.</summary>
internal sealed class ByteReader(Stream stream, Task late)
{
    /// <summary>The longest head that is read.</summary>
    public const int LongestHead = 16 * 1024;

    private const int LongestLine = 256;
    private static readonly byte[] s_headEnd = Encoding.ASCII.GetBytes("\r\n\r\n");
    private static readonly byte[] s_lineEnd = Encoding.ASCII.GetBytes("\r\n");
    private readonly byte[] _buffer = new byte[LongestHead];
    private int _start;
    private int _end;

    /// <summary>Whether bytes were read that nobody has used yet.</summary>
    public bool HasBytes => _end > _start;

    /// <summary>Waits until the stream has bytes, and leaves them there.</summary>
    public Task AwaitAsync() => ReceiveAsync(Memory<byte>.Empty);

    /// <summary>Waits for a byte; false when the client has left.</summary>
    public Task<bool> WaitAsync() => HasAsync(1);

    /// <summary>Reads one head; without one, the status to answer, or 0 when the client has left.</summary>
    public async Task<(RequestHead? Head, int Status)> ReadHeadAsync()
    {
        // Old clients end a body with an empty line that its length does not count.
        while (await HasAsync(2).ConfigureAwait(false) && _buffer[_start] == '\r' && _buffer[_start + 1] == '\n')
        {
            _start += 2;
        }

        int length = await FindAsync(s_headEnd, LongestHead).ConfigureAwait(false);
        if (length < 0)
        {
            return (null, _end - _start == LongestHead ? 431 : 0);
        }

        RequestHead? head = HeadParser.Parse(_buffer, _start, length, out int status);
        _start += length + s_headEnd.Length;
        return (head, status);
    }

    /// <summary>Reads so many bytes; false when the client left before.</summary>
    public async Task<bool> ReadAsync(MemoryStream target, long count)
    {
        while (count > 0)
        {
            if (!await HasAsync(1).ConfigureAwait(false))
            {
                return false;
            }

            int part = (int)Math.Min(count, _end - _start);
            target.Write(_buffer, _start, part);
            _start += part;
            count -= part;
        }

        return true;
    }

    /// <summary>Reads a short line without its end; null when there is none.</summary>
    public async Task<string?> ReadLineAsync()
    {
        int length = await FindAsync(s_lineEnd, LongestLine).ConfigureAwait(false);
        if (length < 0)
        {
            return null;
        }

        string line = Encoding.ASCII.GetString(_buffer, _start, length);
        _start += length + s_lineEnd.Length;
        return line;
    }

    /// <summary>Reads on until the client leaves, a bounded number of bytes.</summary>
    public async Task DrainAsync(long most)
    {
        do
        {
            most -= _end - _start;
            _start = _end;
        }
        while (most > 0 && await HasAsync(1).ConfigureAwait(false));
    }

    private async Task<int> FindAsync(byte[] mark, int longest)
    {
        int searched = 0;
        while (true)
        {
            int found = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf(mark);
            if (found >= 0)
            {
                return searched + found;
            }

            searched = Math.Max(0, _end - _start - mark.Length + 1);
            if (searched >= longest - mark.Length || !await HasAsync(_end - _start + 1).ConfigureAwait(false))
            {
                return -1;
            }
        }
    }

    private async Task<bool> HasAsync(int count)
    {
        if (_end - _start < count && _start > 0)
        {
            Buffer.BlockCopy(_buffer, _start, _buffer, 0, _end - _start);
            _end -= _start;
            _start = 0;
        }

        while (_end - _start < count && _end < _buffer.Length)
        {
            int read = await ReceiveAsync(_buffer.AsMemory(_end)).ConfigureAwait(false);
            if (read == 0)
            {
                return false;
            }

            _end += read;
        }

        return _end - _start >= count;
    }

    // A read that is abandoned may still fill its part of the buffer, which nothing reads from then on.
    private async Task<int> ReceiveAsync(Memory<byte> target)
    {
        Task<int> read = stream.ReadAsync(target).AsTask();
        if (await Task.WhenAny(read, late).ConfigureAwait(false) == read)
        {
            return await read.ConfigureAwait(false);
        }

        _ = read.ContinueWith(static over => _ = over.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return 0;
    }
}
