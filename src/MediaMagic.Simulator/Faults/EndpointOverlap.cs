using System.Collections.Generic;

namespace MediaMagic.Simulator;

/// <summary>Whether any request could meet two endpoint patterns at once.</summary>
internal static class EndpointOverlap
{
    // In a pattern as it is walked: any character, or any but a slash, as often as one likes; and once.
    private const char AnyRun = '\u0001';
    private const char SegmentRun = '\u0002';
    private const char SegmentCharacter = '\u0003';

    /// <summary>Whether a request could match both; both are as <see cref="Wildcard.Plain"/> makes them.</summary>
    public static bool Exists(string one, string other)
    {
        string left = Steps(one);
        string right = Steps(other);
        bool[,] meet = new bool[left.Length + 1, right.Length + 1];
        for (int i = left.Length; i >= 0; i--)
        {
            for (int j = right.Length; j >= 0; j--)
            {
                bool runLeft = i < left.Length && IsRun(left[i]);
                bool runRight = j < right.Length && IsRun(right[j]);
                bool both = i < left.Length && j < right.Length && Agree(left[i], right[j]);
                meet[i, j] = (i == left.Length && j == right.Length)
                    || (runLeft && meet[i + 1, j])
                    || (runRight && meet[i, j + 1])
                    || (both && !(runLeft && runRight) && meet[runLeft ? i : i + 1, runRight ? j : j + 1]);
            }
        }

        return meet[0, 0];
    }

    private static bool IsRun(char step) => step is AnyRun or SegmentRun;

    private static bool Agree(char left, char right) => left == AnyRun || right == AnyRun || (Class(left), Class(right)) switch
    {
        (true, true) => true,
        (true, false) => right != '/',
        (false, true) => left != '/',
        _ => char.ToUpperInvariant(left) == char.ToUpperInvariant(right),
    };

    private static bool Class(char step) => step is SegmentRun or SegmentCharacter;

    private static string Steps(string pattern)
    {
        List<char> steps = [];
        for (int i = 0; i < pattern.Length; i++)
        {
            int end = pattern[i] == '{' ? pattern.IndexOf('}', i) : -1;
            if (end > 0)
            {
                steps.AddRange([SegmentCharacter, SegmentRun]);
                i = end;
            }
            else
            {
                steps.Add(pattern[i] == '*' ? AnyRun : pattern[i]);
            }
        }

        return new string([.. steps]);
    }
}
