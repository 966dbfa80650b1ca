using System;
using System.Collections.Generic;
using System.Text;

namespace MediaMagic.Tests.Files.Samples;

/// <summary>Puts a file together, byte by byte.</summary>
internal sealed class Bytes
{
    private readonly List<byte> _bytes = [];

    public int Count => _bytes.Count;

    public Bytes Raw(params byte[] values)
    {
        _bytes.AddRange(values);
        return this;
    }

    public Bytes Ascii(string text) => Raw(Encoding.ASCII.GetBytes(text));

    public Bytes Fill(int count, byte value = 0)
    {
        byte[] values = new byte[count];
        Array.Fill(values, value);
        return Raw(values);
    }

    public Bytes Big(ulong value, int width)
    {
        for (int i = width - 1; i >= 0; i--)
        {
            _bytes.Add((byte)(value >> (8 * i)));
        }

        return this;
    }

    public Bytes Little(ulong value, int width)
    {
        for (int i = 0; i < width; i++)
        {
            _bytes.Add((byte)(value >> (8 * i)));
        }

        return this;
    }

    public byte[] ToArray() => [.. _bytes];
}
