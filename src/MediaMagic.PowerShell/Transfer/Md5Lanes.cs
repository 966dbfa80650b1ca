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

    private readonly Vector512<uint>[] _state =
    [
        Vector512.Create(0x67452301u), Vector512.Create(0xefcdab89u), Vector512.Create(0x98badcfeu), Vector512.Create(0x10325476u),
    ];

    private readonly Vector512<uint>[] _mixed = new Vector512<uint>[4];

    // The sixteen words of a chunk, of all lanes.
    private readonly Vector512<uint>[] _words = new Vector512<uint>[16];
    private long _length;

    /// <summary>Whether this processor can.</summary>
    public static bool IsSupported => Avx2.IsSupported;

    /// <summary>Takes the next bytes of every lane; those of lane n begin at n times the stride.</summary>
    public void Append(byte[] buffer, int stride, int length)
    {
        // What follows reads without further checks.
        ArgumentOutOfRangeException.ThrowIfNotEqual(length % ChunkLength, 0);
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(((long)(Count - 1) * stride) + length, buffer.Length);
        _length += length;
        for (int offset = 0; offset < length; offset += ChunkLength)
        {
            for (int half = 0; half < 2; half++)
            {
                ref byte start = ref buffer[(half * Half * stride) + offset];
                ref Vector256<uint> words = ref Unsafe.Add(ref Unsafe.As<Vector512<uint>, Vector256<uint>>(ref _words[0]), half);
                Turn(ref start, stride, ref words);
                Turn(ref Unsafe.Add(ref start, ChunkLength / 2), stride, ref Unsafe.Add(ref words, 16));
            }

            Mix();
        }
    }

    /// <summary>The MD5s of all lanes.</summary>
    public byte[][] Finish()
    {
        Array.Fill(_words, Vector512<uint>.Zero);
        _words[0] = Vector512.Create(0x80u);
        _words[14] = Vector512.Create((uint)(_length << 3));
        _words[15] = Vector512.Create((uint)(_length >> 29));
        Mix();
        byte[][] hashes = new byte[Count][];
        for (int lane = 0; lane < Count; lane++)
        {
            hashes[lane] = new byte[16];
            for (int word = 0; word < _state.Length; word++)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(hashes[lane].AsSpan(word * 4), _state[word][lane]);
            }
        }

        return hashes;
    }

    // Eight words of eight lanes, turned so that each half vector has the same word of every lane.
    private static void Turn(ref byte start, int stride, ref Vector256<uint> words)
    {
        Vector256<uint> r0 = Row(ref start, 0), r1 = Row(ref start, stride), r2 = Row(ref start, 2 * stride), r3 = Row(ref start, 3 * stride);
        Vector256<uint> r4 = Row(ref start, 4 * stride), r5 = Row(ref start, 5 * stride), r6 = Row(ref start, 6 * stride), r7 = Row(ref start, 7 * stride);
        Quarter(r0, r1, r2, r3, out Vector256<uint> u0, out Vector256<uint> u1, out Vector256<uint> u2, out Vector256<uint> u3);
        Quarter(r4, r5, r6, r7, out Vector256<uint> u4, out Vector256<uint> u5, out Vector256<uint> u6, out Vector256<uint> u7);
        words = Avx2.Permute2x128(u0, u4, 0x20);
        Unsafe.Add(ref words, 2) = Avx2.Permute2x128(u1, u5, 0x20);
        Unsafe.Add(ref words, 4) = Avx2.Permute2x128(u2, u6, 0x20);
        Unsafe.Add(ref words, 6) = Avx2.Permute2x128(u3, u7, 0x20);
        Unsafe.Add(ref words, 8) = Avx2.Permute2x128(u0, u4, 0x31);
        Unsafe.Add(ref words, 10) = Avx2.Permute2x128(u1, u5, 0x31);
        Unsafe.Add(ref words, 12) = Avx2.Permute2x128(u2, u6, 0x31);
        Unsafe.Add(ref words, 14) = Avx2.Permute2x128(u3, u7, 0x31);
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
