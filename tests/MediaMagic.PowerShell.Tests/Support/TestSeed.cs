using System;
using System.Globalization;
using Xunit.Abstractions;

namespace MediaMagic.Tests;

/// <summary>The seed of a random test: MEDIAMAGIC_SEED, or a new one each time.</summary>
public static class TestSeed
{
    /// <summary>Creates the random numbers of a test, and writes the seed to its output.</summary>
    public static Random NewRandom(ITestOutputHelper output)
    {
        ArgumentNullException.ThrowIfNull(output);
        int seed = ReplaySeed.Turn ?? Random.Shared.Next();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{ReplaySeed.Variable}={seed}"));
        return new Random(seed);
    }
}
