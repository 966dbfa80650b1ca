using System;
#if NET
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
#endif

namespace MediaMagic.Transfer;

/// <summary>
/// Sixteen MD5s at once, in the lanes of vector registers. One MD5 cannot use more than a part of a processor, because every step
/// waits for the one before; sixteen of different data keep it busy and are several times as fast in all.
/// </summary>
internal sealed class Md5Lanes
{
    /// <summary>How many are computed at once.</summary>
    public const int Count = 16;

    /// <summary>The length that data must be a multiple of.</summary>
    public const int ChunkLength = 64;

#if NET
    private const int Half = Count / 2;

    private readonly Vector256<uint>[] _state =
    [
        Vector256.Create(0x67452301u), Vector256.Create(0xefcdab89u), Vector256.Create(0x98badcfeu), Vector256.Create(0x10325476u),
        Vector256.Create(0x67452301u), Vector256.Create(0xefcdab89u), Vector256.Create(0x98badcfeu), Vector256.Create(0x10325476u),
    ];

    // The sixteen words of a chunk, of the first eight lanes and then of the others.
    private readonly Vector256<uint>[] _mixed = new Vector256<uint>[8];
    private readonly Vector256<uint>[] _words = new Vector256<uint>[32];
    private long _length;

    /// <summary>Whether this processor can.</summary>
    public static bool IsSupported => Avx2.IsSupported;

    /// <summary>Takes the next bytes of every lane; those of lane n begin at n times the stride.</summary>
    public void Append(byte[] buffer, int stride, int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(((long)(Count - 1) * stride) + length, buffer.Length);
        _length += length;
        for (int offset = 0; offset < length; offset += ChunkLength)
        {
            for (int part = 0; part < 4; part++)
            {
                int lane = part / 2 * Half;
                Turn(ref buffer[(lane * stride) + offset + (part % 2 * 32)], stride, _words.AsSpan(part * 8, 8));
            }

            Mix();
        }
    }

    /// <summary>The MD5s of all lanes.</summary>
    public byte[][] Finish()
    {
        Array.Fill(_words, Vector256<uint>.Zero);
        for (int set = 0; set < 2; set++)
        {
            _words[set * 16] = Vector256.Create(0x80u);
            _words[(set * 16) + 14] = Vector256.Create((uint)(_length << 3));
            _words[(set * 16) + 15] = Vector256.Create((uint)(_length >> 29));
        }

        Mix();
        byte[][] hashes = new byte[Count][];
        for (int lane = 0; lane < Count; lane++)
        {
            hashes[lane] = new byte[16];
            for (int word = 0; word < 4; word++)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(hashes[lane].AsSpan(word * 4), _state[(lane / Half * 4) + word][lane % Half]);
            }
        }

        return hashes;
    }

    // Eight words of eight lanes, turned so that each vector has the same word of every lane.
    private static void Turn(ref byte start, int stride, Span<Vector256<uint>> words)
    {
        Vector256<uint> r0 = Row(ref start, 0), r1 = Row(ref start, stride), r2 = Row(ref start, 2 * stride), r3 = Row(ref start, 3 * stride);
        Vector256<uint> r4 = Row(ref start, 4 * stride), r5 = Row(ref start, 5 * stride), r6 = Row(ref start, 6 * stride), r7 = Row(ref start, 7 * stride);
        Quarter(r0, r1, r2, r3, out Vector256<uint> u0, out Vector256<uint> u1, out Vector256<uint> u2, out Vector256<uint> u3);
        Quarter(r4, r5, r6, r7, out Vector256<uint> u4, out Vector256<uint> u5, out Vector256<uint> u6, out Vector256<uint> u7);
        words[7] = Avx2.Permute2x128(u3, u7, 0x31);
        words[0] = Avx2.Permute2x128(u0, u4, 0x20);
        words[1] = Avx2.Permute2x128(u1, u5, 0x20);
        words[2] = Avx2.Permute2x128(u2, u6, 0x20);
        words[3] = Avx2.Permute2x128(u3, u7, 0x20);
        words[4] = Avx2.Permute2x128(u0, u4, 0x31);
        words[5] = Avx2.Permute2x128(u1, u5, 0x31);
        words[6] = Avx2.Permute2x128(u2, u6, 0x31);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Row(ref byte start, int offset) =>
        Unsafe.ReadUnaligned<Vector256<uint>>(ref Unsafe.Add(ref start, offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Quarter(
        Vector256<uint> r0, Vector256<uint> r1, Vector256<uint> r2, Vector256<uint> r3,
        out Vector256<uint> u0, out Vector256<uint> u1, out Vector256<uint> u2, out Vector256<uint> u3)
    {
        Vector256<ulong> low0 = Avx2.UnpackLow(r0, r1).AsUInt64(), high0 = Avx2.UnpackHigh(r0, r1).AsUInt64();
        Vector256<ulong> low2 = Avx2.UnpackLow(r2, r3).AsUInt64(), high2 = Avx2.UnpackHigh(r2, r3).AsUInt64();
        u0 = Avx2.UnpackLow(low0, low2).AsUInt32();
        u1 = Avx2.UnpackHigh(low0, low2).AsUInt32();
        u2 = Avx2.UnpackLow(high0, high2).AsUInt32();
        u3 = Avx2.UnpackHigh(high0, high2).AsUInt32();
    }

    private void Mix()
    {
        _state.AsSpan().CopyTo(_mixed);
        Md5Rounds.Mix(ref _words[0], ref _mixed[0]);
        for (int index = 0; index < _state.Length; index++)
        {
            _state[index] += _mixed[index];
        }
    }
#else
#pragma warning disable CA1822 // As above.
    /// <summary>Whether this processor can.</summary>
    public static bool IsSupported => false;

    /// <summary>Takes the next bytes of every lane; those of lane n begin at n times the stride.</summary>
    public void Append(byte[] buffer, int stride, int length) => throw new PlatformNotSupportedException();

    /// <summary>The MD5s of all lanes.</summary>
    public byte[][] Finish() => throw new PlatformNotSupportedException();
#pragma warning restore CA1822
#endif
}
