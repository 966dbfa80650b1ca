using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Text;

namespace MediaMagic.Files;

/// <summary>The names at the top of a compound file. Embedded files have theirs further down, which do not count.</summary>
internal sealed class CompoundDirectory
{
    private const int MaxLength = 16 * 1024;
    private const int EntryLength = 128;
    private const uint LastSector = 0xFFFFFFF9;
    private const uint NoEntry = 0xFFFFFFFF;
    private const int TableList = 76;
    private const int TableListEntries = 109;

    private readonly List<string> _names = [];
    private byte[] _entries = [];

    /// <summary>The names of the root's own streams and storages, as far as they could be read.</summary>
    public IReadOnlyList<string> RootNames => _names;

    /// <summary>Whether there are no others.</summary>
    public bool IsComplete { get; private set; }

    public static CompoundDirectory Read(ByteWindow window)
    {
        CompoundDirectory directory = new();
        directory.ReadEntries(window);
        directory.IsComplete = directory.Walk();
        return directory;
    }

    private void ReadEntries(ByteWindow window)
    {
        ReadOnlySpan<byte> header = window.Head;
        if (header.Length < TableList || Number16(header.Slice(30)) is not (9 or 12))
        {
            return;
        }

        int sectorLength = 1 << Number16(header.Slice(30));
        uint sector = Number32(header.Slice(48));
        List<byte> entries = [];
        while (sector <= LastSector && entries.Count < MaxLength)
        {
            ReadOnlySpan<byte> part = window.At((sector + 1L) * sectorLength, sectorLength);
            if (part.Length < sectorLength)
            {
                break;
            }

            entries.AddRange(part.ToArray());
            sector = NextSector(window, sector, sectorLength);
        }

        _entries = [.. entries];
    }

    /// <summary>The sector that follows in a chain; one that cannot be found ends it.</summary>
    private static uint NextSector(ByteWindow window, uint sector, int sectorLength)
    {
        uint perTable = (uint)sectorLength / sizeof(uint);
        uint table = sector / perTable;
        if (table >= TableListEntries)
        {
            return NoEntry;
        }

        ReadOnlySpan<byte> place = window.At(TableList + (table * sizeof(uint)), sizeof(uint));
        if (place.Length < sizeof(uint) || Number32(place) > LastSector)
        {
            return NoEntry;
        }

        ReadOnlySpan<byte> next = window.At(((Number32(place) + 1L) * sectorLength) + (sector % perTable * sizeof(uint)), sizeof(uint));
        return next.Length < sizeof(uint) ? NoEntry : Number32(next);
    }

    /// <summary>Follows the tree of the root's children; false when it leads out of what was read.</summary>
    private bool Walk()
    {
        int count = _entries.Length / EntryLength;
        if (count == 0)
        {
            return false;
        }

        Stack<uint> open = new([Number32(Entry(0).Slice(76))]);
        bool[] seen = new bool[count];
        bool complete = true;
        while (open.Count > 0)
        {
            uint index = open.Pop();
            if (index == NoEntry)
            {
                continue;
            }

            if (index >= count || seen[index])
            {
                complete = false;
                continue;
            }

            seen[index] = true;
            ReadOnlySpan<byte> entry = Entry(index);
            int length = Math.Min(Math.Max(Number16(entry.Slice(64)) - 2, 0), 62);
            _names.Add(Encoding.Unicode.GetString(entry.Slice(0, length)));
            open.Push(Number32(entry.Slice(68)));
            open.Push(Number32(entry.Slice(72)));
        }

        return complete && _names.Count > 0;
    }

    private ReadOnlySpan<byte> Entry(uint index) => _entries.AsSpan((int)index * EntryLength, EntryLength);

    private static ushort Number16(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private static uint Number32(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
