using System;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Transfer;
using Xunit;

namespace MediaMagic.Tests.Transfer;

/// <summary>Hashing in lanes, beside the framework's own MD5.</summary>
public sealed class Md5LanesTests
{
    [Theory]
    [InlineData(64)]
    [InlineData(128)]
    [InlineData(4096)]
    [InlineData(192 * 1024)]
    public void Every_lane_has_the_MD5_of_its_own_bytes(int length)
    {
        if (!Md5Lanes.IsSupported)
        {
            return; // The netstandard2.0 build has none.
        }

        byte[] bytes = new byte[Md5Lanes.Count * length];
        new Random(length).NextBytes(bytes);
        Md5Lanes lanes = new();
        lanes.Append(bytes, length, length);
        byte[][] hashes = lanes.Finish();
        for (int lane = 0; lane < Md5Lanes.Count; lane++)
        {
            Assert.Equal(MD5.HashData(bytes.AsSpan(lane * length, length)), hashes[lane]);
        }
    }

    [Theory]
    [InlineData(1, 64 * 1024)]
    [InlineData(100_000, 64 * 1024)]
    [InlineData(64 * 1024 * 16, 64 * 1024)]
    [InlineData((64 * 1024 * 19) + 1, 64 * 1024)]
    [InlineData((100_000 * 7) + 13, 100_000)]
    [InlineData((1_000_064 * 5) + 64, 1_000_064)]
    public async Task Every_block_has_its_MD5_whatever_the_sizes(int length, int blockSize)
    {
        using TempFile file = new(length, seed: length);
        using SourceFile source = SourceFile.Open(file.Path);
        byte[] bytes = System.IO.File.ReadAllBytes(file.Path);
        BlockPlan plan = new(length, blockSize, new byte[BlockPlan.NonceLength]);
        for (int lanes = 0; lanes < 2; lanes++)
        {
            BlockHashes hashes = new(source, plan, lanes == 1, CancellationToken.None);
            for (int index = 0; index < plan.Count; index++)
            {
                byte[] expected = MD5.HashData(bytes.AsSpan((int)plan.OffsetOf(index), (int)plan.LengthOf(index)));
                Assert.Equal(expected, await hashes.OfAsync(index));
            }
        }
    }
}
