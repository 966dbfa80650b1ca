using System;
using Xunit.Sdk;

namespace MediaMagic.Tests.Fuzz;

/// <summary>Seeded turns: a few in every run, the whole campaign with MEDIAMAGIC_SOAK=1. A failure names the seed to replay it with.</summary>
internal static class Turns
{
    private const int WholeFactor = 50;

    /// <summary>How many turns this run takes.</summary>
    public static int Of(int sample) => Environment.GetEnvironmentVariable("MEDIAMAGIC_SOAK") == "1" ? sample * WholeFactor : sample;

    public static void Run(int sample, Action<Random> turn)
    {
        (int first, int count) = ReplaySeed.Turn is int only ? (only, 1) : (0, Of(sample));
        for (int seed = first; seed < first + count; seed++)
        {
            try
            {
                turn(new Random(seed));
            }
            catch (Exception failure)
            {
                throw new XunitException($"Set {ReplaySeed.Variable}={seed} to repeat the turn that failed.", failure);
            }
        }
    }

    /// <summary>One of these.</summary>
    public static T Of<T>(this Random random, params T[] these) => these[random.Next(these.Length)];
}
