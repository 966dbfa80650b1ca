using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace MediaMagic.Bulk;

/// <summary>The names that a file may be uploaded under: its own, and after that ones that its content makes unlike any other's.</summary>
internal static class UniqueName
{
    private static readonly int[] s_lengths = [8, 16, 64];

    /// <summary>The names, the best first.</summary>
    public static IEnumerable<string> Of(string name, string hash)
    {
        yield return name;
        foreach (int length in s_lengths)
        {
            yield return With(name, hash.Substring(0, Math.Min(length, hash.Length)));
        }

        // The same bytes under names that differ in case alone.
        for (int number = 2; ; number++)
        {
            yield return With(name, FormattableString.Invariant($"{hash}-{number}"));
        }
    }

    /// <summary>The names after this one.</summary>
    public static IEnumerable<string> After(string name, string hash, string current) => Of(name, hash).SkipWhile(candidate => candidate != current).Skip(1);

    private static string With(string name, string mark) => $"{Path.GetFileNameWithoutExtension(name)}-{mark}{Path.GetExtension(name)}";
}
