using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Http;
using Xunit;

namespace MediaMagic.Tests.Http;

public sealed class BoundedReaderTests
{
    private const int Limit = 1 << 20;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Limit - 1)]
    [InlineData(Limit)]
    public async Task A_body_up_to_the_limit_is_read_whole(int length)
    {
        byte[] body = new byte[length];
        new Random(length).NextBytes(body);
        (ArraySegment<byte> read, bool cut) = await BoundedReader.ReadAsync(new MemoryStream(body), Limit, CancellationToken.None);
        Assert.Equal(body, read.ToArray());
        Assert.False(cut);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    [InlineData(int.MaxValue)]
    public async Task Of_an_endless_body_no_more_is_read_than_twice_the_limit(int mostAtOnce)
    {
        EndlessStream stream = new(mostAtOnce);
        (ArraySegment<byte> read, bool cut) = await BoundedReader.ReadAsync(stream, Limit, CancellationToken.None);
        Assert.Equal(Limit, read.Count);
        Assert.True(cut);
        Assert.InRange(stream.Position, Limit + 1, 2 * Limit);
    }

    private sealed class EndlessStream(int mostAtOnce) : Stream
    {
        private long _position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => _position;
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            int read = Math.Min(count, mostAtOnce);
            Array.Clear(buffer, offset, read);
            _position += read;
            return read;
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
