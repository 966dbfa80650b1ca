using System;
using System.Globalization;
using System.Linq;

namespace MediaMagic.Tests;

/// <summary>The seed in MEDIAMAGIC_SEED, with which a random test repeats a run that failed.</summary>
internal static class ReplaySeed
{
    public const string Variable = "MEDIAMAGIC_SEED";

    private static readonly ulong[] s_numbers =
        [.. (Environment.GetEnvironmentVariable(Variable) ?? string.Empty).Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Select(static number => ulong.Parse(number, CultureInfo.InvariantCulture))];

    /// <summary>Gets the seed of a turn: one number.</summary>
    public static int? Turn => s_numbers is [ulong seed] ? (int)seed : null;

    /// <summary>Gets the seed of a property: two numbers, and the size of the value.</summary>
    public static (ulong Seed, ulong Gamma, int Size)? Property =>
        s_numbers is [ulong seed, ulong gamma, ulong size] ? (seed, gamma, (int)size) : null;
}
