#if NET
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MediaMagic.Transfer;

/// <summary>The four rounds of RFC 1321, for a vector of lanes. Written out, because only constants in every step make it fast.</summary>
internal static class Md5Rounds
{
    /// <summary>Works one chunk, a vector for each of its sixteen words, into the state of four vectors.</summary>
    public static void Mix(ref Vector512<uint> word, ref Vector512<uint> state)
    {
        Round1(ref word, ref state);
        Round2(ref word, ref state);
        Round3(ref word, ref state);
        Round4(ref word, ref state);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Round1(ref Vector512<uint> word, ref Vector512<uint> state)
    {
        Vector512<uint> a = state, b = Unsafe.Add(ref state, 1), c = Unsafe.Add(ref state, 2), d = Unsafe.Add(ref state, 3);
        a = F(a, b, c, d, Unsafe.Add(ref word, 0), 0xd76aa478, 7);
        d = F(d, a, b, c, Unsafe.Add(ref word, 1), 0xe8c7b756, 12);
        c = F(c, d, a, b, Unsafe.Add(ref word, 2), 0x242070db, 17);
        b = F(b, c, d, a, Unsafe.Add(ref word, 3), 0xc1bdceee, 22);
        a = F(a, b, c, d, Unsafe.Add(ref word, 4), 0xf57c0faf, 7);
        d = F(d, a, b, c, Unsafe.Add(ref word, 5), 0x4787c62a, 12);
        c = F(c, d, a, b, Unsafe.Add(ref word, 6), 0xa8304613, 17);
        b = F(b, c, d, a, Unsafe.Add(ref word, 7), 0xfd469501, 22);
        a = F(a, b, c, d, Unsafe.Add(ref word, 8), 0x698098d8, 7);
        d = F(d, a, b, c, Unsafe.Add(ref word, 9), 0x8b44f7af, 12);
        c = F(c, d, a, b, Unsafe.Add(ref word, 10), 0xffff5bb1, 17);
        b = F(b, c, d, a, Unsafe.Add(ref word, 11), 0x895cd7be, 22);
        a = F(a, b, c, d, Unsafe.Add(ref word, 12), 0x6b901122, 7);
        d = F(d, a, b, c, Unsafe.Add(ref word, 13), 0xfd987193, 12);
        c = F(c, d, a, b, Unsafe.Add(ref word, 14), 0xa679438e, 17);
        b = F(b, c, d, a, Unsafe.Add(ref word, 15), 0x49b40821, 22);
        state = a;
        Unsafe.Add(ref state, 1) = b;
        Unsafe.Add(ref state, 2) = c;
        Unsafe.Add(ref state, 3) = d;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Round2(ref Vector512<uint> word, ref Vector512<uint> state)
    {
        Vector512<uint> a = state, b = Unsafe.Add(ref state, 1), c = Unsafe.Add(ref state, 2), d = Unsafe.Add(ref state, 3);
        a = G(a, b, c, d, Unsafe.Add(ref word, 1), 0xf61e2562, 5);
        d = G(d, a, b, c, Unsafe.Add(ref word, 6), 0xc040b340, 9);
        c = G(c, d, a, b, Unsafe.Add(ref word, 11), 0x265e5a51, 14);
        b = G(b, c, d, a, Unsafe.Add(ref word, 0), 0xe9b6c7aa, 20);
        a = G(a, b, c, d, Unsafe.Add(ref word, 5), 0xd62f105d, 5);
        d = G(d, a, b, c, Unsafe.Add(ref word, 10), 0x02441453, 9);
        c = G(c, d, a, b, Unsafe.Add(ref word, 15), 0xd8a1e681, 14);
        b = G(b, c, d, a, Unsafe.Add(ref word, 4), 0xe7d3fbc8, 20);
        a = G(a, b, c, d, Unsafe.Add(ref word, 9), 0x21e1cde6, 5);
        d = G(d, a, b, c, Unsafe.Add(ref word, 14), 0xc33707d6, 9);
        c = G(c, d, a, b, Unsafe.Add(ref word, 3), 0xf4d50d87, 14);
        b = G(b, c, d, a, Unsafe.Add(ref word, 8), 0x455a14ed, 20);
        a = G(a, b, c, d, Unsafe.Add(ref word, 13), 0xa9e3e905, 5);
        d = G(d, a, b, c, Unsafe.Add(ref word, 2), 0xfcefa3f8, 9);
        c = G(c, d, a, b, Unsafe.Add(ref word, 7), 0x676f02d9, 14);
        b = G(b, c, d, a, Unsafe.Add(ref word, 12), 0x8d2a4c8a, 20);
        state = a;
        Unsafe.Add(ref state, 1) = b;
        Unsafe.Add(ref state, 2) = c;
        Unsafe.Add(ref state, 3) = d;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Round3(ref Vector512<uint> word, ref Vector512<uint> state)
    {
        Vector512<uint> a = state, b = Unsafe.Add(ref state, 1), c = Unsafe.Add(ref state, 2), d = Unsafe.Add(ref state, 3);
        a = H(a, b, c, d, Unsafe.Add(ref word, 5), 0xfffa3942, 4);
        d = H(d, a, b, c, Unsafe.Add(ref word, 8), 0x8771f681, 11);
        c = H(c, d, a, b, Unsafe.Add(ref word, 11), 0x6d9d6122, 16);
        b = H(b, c, d, a, Unsafe.Add(ref word, 14), 0xfde5380c, 23);
        a = H(a, b, c, d, Unsafe.Add(ref word, 1), 0xa4beea44, 4);
        d = H(d, a, b, c, Unsafe.Add(ref word, 4), 0x4bdecfa9, 11);
        c = H(c, d, a, b, Unsafe.Add(ref word, 7), 0xf6bb4b60, 16);
        b = H(b, c, d, a, Unsafe.Add(ref word, 10), 0xbebfbc70, 23);
        a = H(a, b, c, d, Unsafe.Add(ref word, 13), 0x289b7ec6, 4);
        d = H(d, a, b, c, Unsafe.Add(ref word, 0), 0xeaa127fa, 11);
        c = H(c, d, a, b, Unsafe.Add(ref word, 3), 0xd4ef3085, 16);
        b = H(b, c, d, a, Unsafe.Add(ref word, 6), 0x04881d05, 23);
        a = H(a, b, c, d, Unsafe.Add(ref word, 9), 0xd9d4d039, 4);
        d = H(d, a, b, c, Unsafe.Add(ref word, 12), 0xe6db99e5, 11);
        c = H(c, d, a, b, Unsafe.Add(ref word, 15), 0x1fa27cf8, 16);
        b = H(b, c, d, a, Unsafe.Add(ref word, 2), 0xc4ac5665, 23);
        state = a;
        Unsafe.Add(ref state, 1) = b;
        Unsafe.Add(ref state, 2) = c;
        Unsafe.Add(ref state, 3) = d;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Round4(ref Vector512<uint> word, ref Vector512<uint> state)
    {
        Vector512<uint> a = state, b = Unsafe.Add(ref state, 1), c = Unsafe.Add(ref state, 2), d = Unsafe.Add(ref state, 3);
        a = I(a, b, c, d, Unsafe.Add(ref word, 0), 0xf4292244, 6);
        d = I(d, a, b, c, Unsafe.Add(ref word, 7), 0x432aff97, 10);
        c = I(c, d, a, b, Unsafe.Add(ref word, 14), 0xab9423a7, 15);
        b = I(b, c, d, a, Unsafe.Add(ref word, 5), 0xfc93a039, 21);
        a = I(a, b, c, d, Unsafe.Add(ref word, 12), 0x655b59c3, 6);
        d = I(d, a, b, c, Unsafe.Add(ref word, 3), 0x8f0ccc92, 10);
        c = I(c, d, a, b, Unsafe.Add(ref word, 10), 0xffeff47d, 15);
        b = I(b, c, d, a, Unsafe.Add(ref word, 1), 0x85845dd1, 21);
        a = I(a, b, c, d, Unsafe.Add(ref word, 8), 0x6fa87e4f, 6);
        d = I(d, a, b, c, Unsafe.Add(ref word, 15), 0xfe2ce6e0, 10);
        c = I(c, d, a, b, Unsafe.Add(ref word, 6), 0xa3014314, 15);
        b = I(b, c, d, a, Unsafe.Add(ref word, 13), 0x4e0811a1, 21);
        a = I(a, b, c, d, Unsafe.Add(ref word, 4), 0xf7537e82, 6);
        d = I(d, a, b, c, Unsafe.Add(ref word, 11), 0xbd3af235, 10);
        c = I(c, d, a, b, Unsafe.Add(ref word, 2), 0x2ad7d2bb, 15);
        b = I(b, c, d, a, Unsafe.Add(ref word, 9), 0xeb86d391, 21);
        state = a;
        Unsafe.Add(ref state, 1) = b;
        Unsafe.Add(ref state, 2) = c;
        Unsafe.Add(ref state, 3) = d;
    }
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> F(
        Vector512<uint> a, Vector512<uint> b, Vector512<uint> c, Vector512<uint> d, Vector512<uint> word, [ConstantExpected] uint k, [ConstantExpected] byte turns) =>
        Avx512F.IsSupported
            ? b + Avx512F.RotateLeft(a + (word + Vector512.Create(k)) + Avx512F.TernaryLogic(b, c, d, 0xCA), turns)
            : b + Turn(a + (word + Vector512.Create(k)) + (d ^ (b & (c ^ d))), turns);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> G(
        Vector512<uint> a, Vector512<uint> b, Vector512<uint> c, Vector512<uint> d, Vector512<uint> word, [ConstantExpected] uint k, [ConstantExpected] byte turns) =>
        Avx512F.IsSupported
            ? b + Avx512F.RotateLeft(a + (word + Vector512.Create(k)) + Avx512F.TernaryLogic(b, c, d, 0xE4), turns)
            : b + Turn(a + (word + Vector512.Create(k)) + (c ^ (d & (b ^ c))), turns);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> H(
        Vector512<uint> a, Vector512<uint> b, Vector512<uint> c, Vector512<uint> d, Vector512<uint> word, [ConstantExpected] uint k, [ConstantExpected] byte turns) =>
        Avx512F.IsSupported
            ? b + Avx512F.RotateLeft(a + (word + Vector512.Create(k)) + Avx512F.TernaryLogic(b, c, d, 0x96), turns)
            : b + Turn(a + (word + Vector512.Create(k)) + (b ^ c ^ d), turns);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> I(
        Vector512<uint> a, Vector512<uint> b, Vector512<uint> c, Vector512<uint> d, Vector512<uint> word, [ConstantExpected] uint k, [ConstantExpected] byte turns) =>
        Avx512F.IsSupported
            ? b + Avx512F.RotateLeft(a + (word + Vector512.Create(k)) + Avx512F.TernaryLogic(b, c, d, 0x39), turns)
            : b + Turn(a + (word + Vector512.Create(k)) + (c ^ (b | ~d)), turns);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Turn(Vector512<uint> sum, [ConstantExpected] byte turns) =>
        Vector512.ShiftLeft(sum, turns) | Vector512.ShiftRightLogical(sum, 32 - turns);
}
#endif
