using System.IO;
using System.Linq;
using MediaMagic.Files;
using Xunit;

namespace MediaMagic.Tests.Files;

/// <summary>That a window shows the right bytes, and no more than it may.</summary>
public class ByteWindowTests
{
    private static readonly byte[] s_bytes = [.. Enumerable.Range(0, 200_000).Select(static i => (byte)(i * 7))];

    [Fact]
    public void Parts_are_the_bytes_at_their_place()
    {
        using ByteWindow window = new(new MemoryStream(s_bytes));
        foreach (int offset in new[] { 0, 100, ByteWindow.FirstHead - 8, ByteWindow.FirstHead - 4, ByteWindow.FirstHead, 150_000, s_bytes.Length - 8 })
        {
            Assert.Equal(s_bytes.Skip(offset).Take(8), window.At(offset, 8).ToArray());
        }

        Assert.Equal(s_bytes.Skip(s_bytes.Length - 3), window.At(s_bytes.Length - 3, 8).ToArray());
        Assert.True(window.At(s_bytes.Length, 8).IsEmpty);
        Assert.True(window.At(-1, 8).IsEmpty);
        Assert.True(window.At(long.MaxValue - 4, 8).IsEmpty);
    }

    [Fact]
    public void Parts_end_with_the_budget()
    {
        CountingStream stream = new(s_bytes);
        using ByteWindow window = new(stream);
        for (int i = 0; i < 20; i++)
        {
            window.At(100_000, 10_000);
        }

        Assert.Equal(ByteWindow.Budget, stream.Total);
        Assert.True(window.At(100_000, 10).IsEmpty);
        Assert.False(window.At(0, 10).IsEmpty);
        Assert.False(window.Grow());
    }

    [Fact]
    public void The_head_grows_to_the_budget()
    {
        CountingStream stream = new(s_bytes);
        using ByteWindow window = new(stream);
        Assert.Equal(ByteWindow.FirstHead, window.Head.Length);
        while (window.Grow())
        {
            Assert.Equal(s_bytes.Take(window.Head.Length), window.Head.ToArray());
        }

        Assert.Equal(ByteWindow.Budget, window.Head.Length);
        Assert.Equal(ByteWindow.Budget, stream.Total);
        Assert.False(window.IsWhole);
    }

    [Fact]
    public void The_head_of_a_small_file_is_the_whole()
    {
        using ByteWindow window = new(new MemoryStream([1, 2, 3]));
        Assert.True(window.IsWhole);
        Assert.Equal([1, 2, 3], window.Head.ToArray());
        Assert.False(window.Grow());
    }

    [Fact]
    public void A_file_that_holds_less_than_it_claims_is_as_long_as_it_is()
    {
        using ByteWindow window = new(new BoastfulStream([1, 2, 3], 100));
        Assert.Equal(3, window.Length);
        Assert.True(window.IsWhole);
        Assert.True(window.At(50, 10).IsEmpty);
    }
}
