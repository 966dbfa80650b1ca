using System;
using System.Collections.Generic;

namespace MediaMagic.Transfer;

/// <summary>Compares the bytes that are sent with those that were checked, by the CRC64 of each 4 MiB. Blocks may end anywhere and come in any order.</summary>
internal sealed class ContentCheck(ulong[] expected, long length)
{
    private readonly Dictionary<long, ContentSum> _sent = [];

    /// <summary>Gets a value indicating whether the whole file was sent, and is what was checked.</summary>
    public bool IsSame
    {
        get
        {
            lock (_sent)
            {
                long at = 0;
                foreach (ulong cell in expected)
                {
                    if (ContentSum.Of(Cell(at)) != cell)
                    {
                        return false;
                    }

                    at = Math.Min(length, at + ContentSums.CellLength);
                }

                return at == length;
            }
        }
    }

    /// <summary>Adds what was sent. A part that is sent again replaces what was sent before.</summary>
    public void Add(IEnumerable<ContentSum> sums)
    {
        lock (_sent)
        {
            foreach (ContentSum sum in sums)
            {
                _sent[sum.Offset] = sum;
            }
        }
    }

    // What was sent of a cell, up to the first gap.
    private IEnumerable<ContentSum> Cell(long at)
    {
        for (long end = Math.Min(length, at + ContentSums.CellLength); at < end && _sent.TryGetValue(at, out ContentSum sum); at += sum.Length)
        {
            yield return sum;
        }
    }
}
