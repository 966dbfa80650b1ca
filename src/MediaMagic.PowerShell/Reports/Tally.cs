using System;
using System.Collections.Generic;
using System.Linq;

namespace MediaMagic.Reports;

/// <summary>Counts words, such as severities and states; those that are known have a place in any case.</summary>
internal sealed class Tally(params string[] known)
{
    // So many different words are nobody's vocabulary; the rest is counted in all alone.
    private const int MostWords = 24;

    private readonly Dictionary<string, int> _counts = known.ToDictionary(static word => word, static _ => 0, StringComparer.Ordinal);

    /// <summary>How many there are in all.</summary>
    public int Total { get; private set; }

    /// <summary>How many there are of a word.</summary>
    public int this[string word] => _counts.TryGetValue(word, out int count) ? count : 0;

    /// <summary>The words with their counts, in the order given by the function and then by themselves.</summary>
    public IReadOnlyList<KeyValuePair<string, int>> By(Func<string, int> order) =>
        [.. _counts.Where(static pair => pair.Value > 0).OrderBy(pair => order(pair.Key)).ThenBy(static pair => pair.Key, StringComparer.Ordinal)];

    /// <summary>The words with their counts, the most frequent first.</summary>
    public IReadOnlyList<KeyValuePair<string, int>> ByCount() => By(word => -_counts[word]);

    /// <summary>Counts one.</summary>
    public void Add(string word)
    {
        Total++;
        if (_counts.Count < MostWords || _counts.ContainsKey(word))
        {
            _counts[word] = this[word] + 1;
        }
    }
}
