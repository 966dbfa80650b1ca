using System;

namespace MediaMagic;

/// <summary>Chance that many threads may ask for.</summary>
internal static class SharedRandom
{
#if NET
    public static double NextDouble() => Random.Shared.NextDouble();
#else
    private static readonly Random s_random = new();

    public static double NextDouble()
    {
        lock (s_random)
        {
            return s_random.NextDouble();
        }
    }
#endif
}
