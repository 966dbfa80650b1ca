using System;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace MediaMagic.Simulator;

/// <summary>Reads multipart/form-data as it streams in, never holding more than a buffer of it.</summary>
internal sealed class MultipartReader
{
    private const int BufferLength = 64 * 1024;
    private readonly Stream _stream;
    private readonly byte[] _delimiter;
    private readonly byte[] _buffer = new byte[BufferLength];
    private int _start;
    private int _end;

    public MultipartReader(Stream stream, string boundary)
    {
        _stream = stream;
        _delimiter = Encoding.UTF8.GetBytes("\r\n--" + boundary);

        // The first delimiter has no line break before it; with one in front all are alike.
        _buffer[0] = (byte)'\r';
        _buffer[1] = (byte)'\n';
        _end = 2;
    }

    /// <summary>The headers of the next part; null after the last one. The part before it must have been copied.</summary>
    public async Task<string?> ReadHeadersAsync(CancellationToken stop)
    {
        while (_end - _start < 2)
        {
            await FillAsync(stop).ConfigureAwait(false);
        }

        if (_buffer[_start] == '-' && _buffer[_start + 1] == '-')
        {
            return null;
        }

        int length;
        while ((length = Buffered().IndexOf("\r\n\r\n"u8)) < 0)
        {
            await FillAsync(stop).ConfigureAwait(false);
        }

        string headers = Encoding.UTF8.GetString(_buffer, _start, length);
        _start += length + 4;
        return headers;
    }

    /// <summary>Copies up to the next delimiter and steps over that.</summary>
    public async Task CopyAsync(Action<byte[], int, int> write, CancellationToken stop)
    {
        while (true)
        {
            int found = Buffered().IndexOf(_delimiter);
            int count = found >= 0 ? found : Math.Max(0, _end - _start - _delimiter.Length);
            if (count > 0)
            {
                write(_buffer, _start, count);
                _start += count;
            }

            if (found >= 0)
            {
                _start += _delimiter.Length;
                return;
            }

            await FillAsync(stop).ConfigureAwait(false);
        }
    }

    private ReadOnlySpan<byte> Buffered() => _buffer.AsSpan(_start, _end - _start);

    private async Task FillAsync(CancellationToken stop)
    {
        if (_start > 0)
        {
            Array.Copy(_buffer, _start, _buffer, 0, _end - _start);
            _end -= _start;
            _start = 0;
        }

        int count = _end == _buffer.Length ? 0 : await _stream.ReadAsync(_buffer.AsMemory(_end), stop).ConfigureAwait(false);
        if (count == 0)
        {
            throw FieldProblems.One("file", "The multipart body is malformed or ends too early", "multipart_invalid");
        }

        _end += count;
    }
}
