using System;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using MediaMagic.Files;
using MediaMagic.Tests.Files.Samples;
using Xunit;

namespace MediaMagic.Tests.Files;

/// <summary>That no bytes whatever make detection throw or read too much.</summary>
public class FuzzTests
{
    private const int Runs = 2000;
    private const int MaxSize = 3000;

    [Fact]
    public void Every_beginning_of_every_sample_is_survived()
    {
        foreach (Sample sample in SampleFiles.All)
        {
            for (int length = 0; length <= Math.Min(sample.Bytes.Length, 3000); length++)
            {
                Survive([.. sample.Bytes.Take(length)]);
            }
        }
    }

    [Fact]
    public void Random_bytes_are_survived() => Property.Check(ArbMap.Default.GeneratorFor<byte[]>(), Survive, Runs, MaxSize);

    [Fact]
    public void Random_bytes_behind_a_true_start_are_survived()
    {
        Gen<byte[]> gen =
            from sample in Gen.Elements<Sample>(SampleFiles.All)
            from kept in Gen.Choose(1, 64)
            from rest in ArbMap.Default.GeneratorFor<byte[]>()
            select (byte[])[.. sample.Bytes.Take(kept), .. rest];
        Property.Check(gen, Survive, Runs, MaxSize);
    }

    [Fact]
    public void Samples_with_wrong_bytes_in_them_are_survived()
    {
        Gen<byte[]> gen =
            from sample in Gen.Elements<Sample>(SampleFiles.All)
            from seed in Gen.Choose(0, int.MaxValue)
            select Mutate(sample.Bytes, new Random(seed));
        Property.Check(gen, Survive, Runs, MaxSize);
    }

    private static byte[] Mutate(byte[] bytes, Random random)
    {
        byte[] changed = [.. bytes];
        int count = random.Next(1, 9);
        for (int i = 0; i < count; i++)
        {
            // Lengths and offsets live near the start, and their worst values are the extreme ones.
            int at = random.Next(random.Next(2) == 0 ? Math.Min(changed.Length, 80) : changed.Length);
            changed[at] = random.Next(4) switch
            {
                0 => 0,
                1 => 0xFF,
                2 => 0x80,
                _ => (byte)random.Next(256),
            };
        }

        return changed;
    }

    private static void Survive(byte[] bytes)
    {
        using CountingStream stream = new(bytes);
        TypeDetector.Detect(stream);
        Assert.InRange(stream.Total, 0, ByteWindow.Budget);
    }
}
