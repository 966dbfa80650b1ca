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
                    if (Next(ref at) != cell)
                    {
                        return false;
                    }
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

    private ulong? Next(ref long at)
    {
        ulong crc = 0;
        long end = Math.Min(length, at + ContentSums.CellLength);
        while (at < end)
        {
            if (!_sent.TryGetValue(at, out ContentSum? sum))
            {
                return null;
            }

            crc = Crc64.Combine(crc, sum.Crc, sum.Length);
            at += sum.Length;
        }

        return crc;
    }
}
