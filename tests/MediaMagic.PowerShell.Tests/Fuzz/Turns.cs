using System;
using Xunit.Sdk;

namespace MediaMagic.Tests.Fuzz;

/// <summary>Seeded turns: a few in every run, the whole campaign with MEDIAMAGIC_SOAK=1. A failure names the seed of its turn.</summary>
internal static class Turns
{
    private const int WholeFactor = 100;

    /// <summary>How many turns this run takes.</summary>
    public static int Of(int sample) => Environment.GetEnvironmentVariable("MEDIAMAGIC_SOAK") == "1" ? sample * WholeFactor : sample;

    public static void Run(int sample, Action<Random> turn)
    {
        for (int seed = 0; seed < Of(sample); seed++)
        {
            try
            {
                turn(new Random(seed));
            }
            catch (Exception failure)
            {
                throw new XunitException($"The turn of seed {seed} failed.", failure);
            }
        }
    }

    /// <summary>One of these.</summary>
    public static T Of<T>(this Random random, params T[] these) => these[random.Next(these.Length)];
}
