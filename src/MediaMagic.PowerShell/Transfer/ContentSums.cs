using System;
using System.Collections.Generic;
using System.IO.Hashing;

namespace MediaMagic.Transfer;

/// <summary>Computes the CRC64 of each 4 MiB of a file from its bytes in their order. The grid begins at the start of the file, whatever is read.</summary>
internal sealed class ContentSums(long offset)
{
    /// <summary>The length of a cell of the grid.</summary>
    public const int CellLength = 4 * 1024 * 1024;

    private readonly Crc64 _crc = new(Crc64ParameterSet.Nvme);
    private readonly List<ContentSum> _sums = [];
    private long _start = offset;
    private long _end = offset;

    /// <summary>Adds the bytes that follow.</summary>
    public void Append(ReadOnlySpan<byte> data)
    {
        while (data.Length > 0)
        {
            int room = (int)(CellLength - (_end % CellLength));
            ReadOnlySpan<byte> part = data.Slice(0, Math.Min(room, data.Length));
            _crc.Append(part);
            _end += part.Length;
            data = data.Slice(part.Length);
            if (_end % CellLength == 0)
            {
                EndCell();
            }
        }
    }

    /// <summary>Returns the checksums of all bytes.</summary>
    public IReadOnlyList<ContentSum> Finish()
    {
        if (_end > _start)
        {
            EndCell();
        }

        return _sums;
    }

    private void EndCell()
    {
        _sums.Add(new ContentSum(_start, _end - _start, _crc.GetCurrentHashAsUInt64()));
        _start = _end;
        _crc.Reset();
    }
}
