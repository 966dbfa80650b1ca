using System;
#if NET
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
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

    private static readonly uint[] s_k =
    [
        0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee,
        0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
        0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be,
        0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
        0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa,
        0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
        0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed,
        0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
        0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c,
        0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
        0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05,
        0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
        0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039,
        0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
        0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1,
        0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391,
    ];

    private readonly Vector256<uint>[] _state =
    [
        Vector256.Create(0x67452301u), Vector256.Create(0xefcdab89u), Vector256.Create(0x98badcfeu), Vector256.Create(0x10325476u),
        Vector256.Create(0x67452301u), Vector256.Create(0xefcdab89u), Vector256.Create(0x98badcfeu), Vector256.Create(0x10325476u),
    ];

    // The sixteen words of a chunk, of the first eight lanes and then of the others.
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

    // The four rounds of RFC 1321, for both halves in turn, so that neither waits for the other.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Mix()
    {
        Vector256<uint>[] words = _words;
        Vector256<uint> a0 = _state[0], b0 = _state[1], c0 = _state[2], d0 = _state[3];
        Vector256<uint> a1 = _state[4], b1 = _state[5], c1 = _state[6], d1 = _state[7];
        for (int i = 0; i < 16; i += 4)
        {
            a0 = Step(a0, b0, F(b0, c0, d0), words[i], s_k[i], 7);
            a1 = Step(a1, b1, F(b1, c1, d1), words[i + 16], s_k[i], 7);
            d0 = Step(d0, a0, F(a0, b0, c0), words[i + 1], s_k[i + 1], 12);
            d1 = Step(d1, a1, F(a1, b1, c1), words[i + 1 + 16], s_k[i + 1], 12);
            c0 = Step(c0, d0, F(d0, a0, b0), words[i + 2], s_k[i + 2], 17);
            c1 = Step(c1, d1, F(d1, a1, b1), words[i + 2 + 16], s_k[i + 2], 17);
            b0 = Step(b0, c0, F(c0, d0, a0), words[i + 3], s_k[i + 3], 22);
            b1 = Step(b1, c1, F(c1, d1, a1), words[i + 3 + 16], s_k[i + 3], 22);
        }

        for (int i = 0; i < 16; i += 4)
        {
            a0 = Step(a0, b0, G(b0, c0, d0), words[((5 * (i)) + 1) & 15], s_k[i + 16], 5);
            a1 = Step(a1, b1, G(b1, c1, d1), words[(((5 * (i)) + 1) & 15) + 16], s_k[i + 16], 5);
            d0 = Step(d0, a0, G(a0, b0, c0), words[((5 * (i + 1)) + 1) & 15], s_k[i + 17], 9);
            d1 = Step(d1, a1, G(a1, b1, c1), words[(((5 * (i + 1)) + 1) & 15) + 16], s_k[i + 17], 9);
            c0 = Step(c0, d0, G(d0, a0, b0), words[((5 * (i + 2)) + 1) & 15], s_k[i + 18], 14);
            c1 = Step(c1, d1, G(d1, a1, b1), words[(((5 * (i + 2)) + 1) & 15) + 16], s_k[i + 18], 14);
            b0 = Step(b0, c0, G(c0, d0, a0), words[((5 * (i + 3)) + 1) & 15], s_k[i + 19], 20);
            b1 = Step(b1, c1, G(c1, d1, a1), words[(((5 * (i + 3)) + 1) & 15) + 16], s_k[i + 19], 20);
        }

        for (int i = 0; i < 16; i += 4)
        {
            a0 = Step(a0, b0, H(b0, c0, d0), words[((3 * (i)) + 5) & 15], s_k[i + 32], 4);
            a1 = Step(a1, b1, H(b1, c1, d1), words[(((3 * (i)) + 5) & 15) + 16], s_k[i + 32], 4);
            d0 = Step(d0, a0, H(a0, b0, c0), words[((3 * (i + 1)) + 5) & 15], s_k[i + 33], 11);
            d1 = Step(d1, a1, H(a1, b1, c1), words[(((3 * (i + 1)) + 5) & 15) + 16], s_k[i + 33], 11);
            c0 = Step(c0, d0, H(d0, a0, b0), words[((3 * (i + 2)) + 5) & 15], s_k[i + 34], 16);
            c1 = Step(c1, d1, H(d1, a1, b1), words[(((3 * (i + 2)) + 5) & 15) + 16], s_k[i + 34], 16);
            b0 = Step(b0, c0, H(c0, d0, a0), words[((3 * (i + 3)) + 5) & 15], s_k[i + 35], 23);
            b1 = Step(b1, c1, H(c1, d1, a1), words[(((3 * (i + 3)) + 5) & 15) + 16], s_k[i + 35], 23);
        }

        for (int i = 0; i < 16; i += 4)
        {
            a0 = Step(a0, b0, I(b0, c0, d0), words[(7 * (i)) & 15], s_k[i + 48], 6);
            a1 = Step(a1, b1, I(b1, c1, d1), words[((7 * (i)) & 15) + 16], s_k[i + 48], 6);
            d0 = Step(d0, a0, I(a0, b0, c0), words[(7 * (i + 1)) & 15], s_k[i + 49], 10);
            d1 = Step(d1, a1, I(a1, b1, c1), words[((7 * (i + 1)) & 15) + 16], s_k[i + 49], 10);
            c0 = Step(c0, d0, I(d0, a0, b0), words[(7 * (i + 2)) & 15], s_k[i + 50], 15);
            c1 = Step(c1, d1, I(d1, a1, b1), words[((7 * (i + 2)) & 15) + 16], s_k[i + 50], 15);
            b0 = Step(b0, c0, I(c0, d0, a0), words[(7 * (i + 3)) & 15], s_k[i + 51], 21);
            b1 = Step(b1, c1, I(c1, d1, a1), words[((7 * (i + 3)) & 15) + 16], s_k[i + 51], 21);
        }

        _state[0] += a0;
        _state[1] += b0;
        _state[2] += c0;
        _state[3] += d0;
        _state[4] += a1;
        _state[5] += b1;
        _state[6] += c1;
        _state[7] += d1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Step(
        Vector256<uint> a, Vector256<uint> b, Vector256<uint> f, Vector256<uint> word, uint k, [ConstantExpected] byte turns)
    {
        Vector256<uint> sum = a + (word + Vector256.Create(k)) + f;
        return b + (Avx512F.VL.IsSupported
            ? Avx512F.VL.RotateLeft(sum, turns)
            : Vector256.ShiftLeft(sum, turns) | Vector256.ShiftRightLogical(sum, 32 - turns));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> F(Vector256<uint> b, Vector256<uint> c, Vector256<uint> d) =>
        Avx512F.VL.IsSupported ? Avx512F.VL.TernaryLogic(b, c, d, 0xCA) : d ^ (b & (c ^ d));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> G(Vector256<uint> b, Vector256<uint> c, Vector256<uint> d) =>
        Avx512F.VL.IsSupported ? Avx512F.VL.TernaryLogic(b, c, d, 0xE4) : c ^ (d & (b ^ c));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> H(Vector256<uint> b, Vector256<uint> c, Vector256<uint> d) =>
        Avx512F.VL.IsSupported ? Avx512F.VL.TernaryLogic(b, c, d, 0x96) : b ^ c ^ d;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> I(Vector256<uint> b, Vector256<uint> c, Vector256<uint> d) =>
        Avx512F.VL.IsSupported ? Avx512F.VL.TernaryLogic(b, c, d, 0x39) : c ^ (b | ~d);
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
