using System;
using System.Collections.Generic;
using System.Text;

namespace MediaMagic.Tests.Files.Samples;

/// <summary>The container of old Office files, with a directory anywhere in it.</summary>
internal static class CompoundFile
{
    private const uint Free = 0xFFFFFFFF;
    private const uint EndOfChain = 0xFFFFFFFE;

    public static byte[] Doc() => Of(["\u0001CompObj", "1Table", "WordDocument", "\u0005SummaryInformation"]);

    public static byte[] Xls() => Of(["Workbook", "\u0005SummaryInformation"]);

    /// <summary>A file with these names at its top, and others in a storage of its own.</summary>
    public static byte[] Of(string[] names, string[]? nested = null, int directoryAt = 3, int shift = 9)
    {
        int sector = 1 << shift;
        byte[] directory = Directory(names, nested ?? [], sector);
        int parts = directory.Length / sector;
        int perTable = sector / 4;

        // Every second sector, so that the chain matters.
        int sectors = directoryAt + (2 * parts);
        int tables = (sectors + perTable - 1) / perTable;
        uint[] chain = new uint[tables * perTable];
        Array.Fill(chain, Free);
        byte[] file = new byte[(sectors + 1) * sector];
        for (int i = 0; i < parts; i++)
        {
            int place = directoryAt + (2 * i);
            chain[place] = i == parts - 1 ? EndOfChain : (uint)(place + 2);
            directory.AsSpan(i * sector, sector).CopyTo(file.AsSpan((place + 1) * sector));
        }

        Bytes header = new Bytes()
            .Raw(0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1).Fill(16).Little(0x3E, 2).Little(shift == 9 ? 3ul : 4, 2)
            .Raw(0xFE, 0xFF).Little((ulong)shift, 2).Little(6, 2).Fill(10).Little((ulong)tables, 4).Little((ulong)directoryAt, 4)
            .Fill(4).Little(4096, 4).Little(EndOfChain, 4).Fill(4).Little(EndOfChain, 4).Fill(4);
        for (int i = 0; i < 109; i++)
        {
            header.Little(i < tables ? (ulong)i : Free, 4);
        }

        header.ToArray().CopyTo(file, 0);
        Bytes table = new();
        foreach (uint next in chain)
        {
            table.Little(next, 4);
        }

        table.ToArray().CopyTo(file, sector);
        return file;
    }

    private static byte[] Directory(string[] names, string[] nested, int sector)
    {
        List<byte> entries = [];
        uint storage = (uint)names.Length + 1;

        // The last name is the top of the tree: the others hang to its left, a storage to its right.
        entries.AddRange(Entry("Root Entry", 5, Free, Free, storage - 1));
        for (int i = 0; i < names.Length; i++)
        {
            bool isTop = i == names.Length - 1 && nested.Length > 0;
            entries.AddRange(Entry(names[i], 2, i == 0 ? Free : (uint)i, isTop ? storage : Free, Free));
        }

        if (nested.Length > 0)
        {
            entries.AddRange(Entry("ObjectPool", 1, Free, Free, storage + 1));
            for (int i = 0; i < nested.Length; i++)
            {
                entries.AddRange(Entry(nested[i], 2, Free, i == nested.Length - 1 ? Free : storage + (uint)i + 2, Free));
            }
        }

        int room = (sector - (entries.Count % sector)) % sector;
        entries.AddRange(new byte[room]);
        return [.. entries];
    }

    private static byte[] Entry(string name, byte kind, uint left, uint right, uint child)
    {
        byte[] text = Encoding.Unicode.GetBytes(name);
        return new Bytes().Raw(text).Fill(64 - text.Length).Little((ulong)text.Length + 2, 2).Raw(kind, 1)
            .Little(left, 4).Little(right, 4).Little(child, 4).Fill(48).ToArray();
    }
}
