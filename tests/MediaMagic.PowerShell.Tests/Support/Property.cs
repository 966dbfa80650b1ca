using System;
using System.Linq;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Xunit.Sdk;

namespace MediaMagic.Tests;

/// <summary>What holds for every value of a generator, checked with new random values in each run.</summary>
internal static partial class Property
{
    /// <summary>Checks random values. A failure names the seed to replay it with.</summary>
    public static void Check<T>(Gen<T> values, Action<T> test, int count, int? maxSize = null)
    {
        Config config = Config.QuickThrowOnFailure.WithMaxTest(count).WithEndSize(maxSize ?? Config.QuickThrowOnFailure.EndSize);
        if (ReplaySeed.Property is (ulong seed, ulong gamma, int size))
        {
            config = config.WithMaxTest(1).WithReplay(seed, gamma, size);
        }

        try
        {
            Prop.ForAll(values.ToArbitrary(), test).Check(config);
        }
        catch (Exception failure)
        {
            Match last = LastStep().Match(failure.Message);
            string replay = string.Join(",", new[] { "seed", "gamma", "size" }.Select(part => last.Groups[part].Value));
            throw new XunitException($"Set {ReplaySeed.Variable}={replay} to repeat the value that failed. {failure.Message}", failure);
        }
    }

    [GeneratedRegex(@"size of (?<size>\d+) and seed of \((?<seed>\d+),(?<gamma>\d+)\)")]
    private static partial Regex LastStep();
}
