using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace MediaMagic.Tests.Fuzz;

/// <summary>Makes wrong bytes of right ones.</summary>
internal static class Mutation
{
    private static readonly long[] s_extremes = [0, 1, -1, 127, 128, 255, 256, short.MaxValue, int.MaxValue, int.MinValue, uint.MaxValue, long.MaxValue, long.MinValue];

    /// <summary>The bytes with up to five changes; <paramref name="words"/> mean something to the reader, <paramref name="other"/> is what parts may come from.</summary>
    public static byte[] Of(Random random, byte[] bytes, byte[] other, params string[] words)
    {
        List<byte> changed = [.. bytes];
        for (int left = random.Next(1, 6); left > 0; left--)
        {
            Change(random, changed, other, words);
        }

        return [.. changed];
    }

    /// <summary>The same for text.</summary>
    public static string Of(Random random, string text, string other, params string[] words) =>
        Encoding.Latin1.GetString(Of(random, Encoding.Latin1.GetBytes(text), Encoding.Latin1.GetBytes(other), words));

    private static void Change(Random random, List<byte> bytes, byte[] other, string[] words)
    {
        // What decides stands near the start more often than not.
        int at = random.Next(random.Next(2) == 0 ? Math.Min(bytes.Count, 64) + 1 : bytes.Count + 1);
        int rest = bytes.Count - at;
        switch (random.Next(9))
        {
            case 0 when rest > 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when rest > 0:
                bytes[at] = random.Of<byte>(0, 0xFF, 0x80, 0x7F, (byte)'\n', (byte)random.Next(256));
                break;
            case 2 when rest > 0:
                bytes.RemoveRange(at, random.Next(1, Math.Min(rest, 32) + 1));
                break;
            case 3 when rest > 0:
                bytes.RemoveRange(at, rest);
                break;
            case 4 when rest > 0:
                byte[] again = [.. bytes.Skip(at).Take(random.Next(1, 200))];
                bytes.InsertRange(at, Enumerable.Repeat(again, random.Of(1, 2, 20)).SelectMany(static part => part));
                break;
            case 5 when rest >= 8:
                Overwrite(random, bytes, at);
                break;
            case 6 when other.Length > 0:
                int from = random.Next(other.Length);
                bytes.InsertRange(at, other[from..Math.Min(other.Length, from + random.Next(1, 400))]);
                break;
            case 7:
                bytes.InsertRange(at, Enumerable.Range(0, random.Next(1, 20)).Select(_ => (byte)random.Next(256)).ToArray());
                break;
            default:
                string word = words.Length > 0 ? random.Of(words) : string.Empty;
                bytes.InsertRange(at, Encoding.Latin1.GetBytes(string.Concat(Enumerable.Repeat(word, random.Of(1, 1, 1, 2, 100)))));
                break;
        }
    }

    // Lengths and offsets have their worst values at the ends of their ranges, in either byte order.
    private static void Overwrite(Random random, List<byte> bytes, int at)
    {
        byte[] number = new byte[8];
        long value = random.Of(s_extremes);
        int size = random.Of(2, 4, 8);
        if (random.Next(2) == 0)
        {
            BinaryPrimitives.WriteInt64LittleEndian(number, value);
        }
        else
        {
            BinaryPrimitives.WriteInt64BigEndian(number, value);
            number = number[(8 - size)..];
        }

        for (int i = 0; i < size; i++)
        {
            bytes[at + i] = number[i];
        }
    }
}
