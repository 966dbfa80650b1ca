#if NET
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MediaMagic.Transfer;

/// <summary>
/// The four rounds of RFC 1321, for two vectors of lanes (a to d, e to h) in turn, so that neither waits for itself. Written out, because only
/// constants in every step make it fast.
/// </summary>
internal static class Md5Rounds
{
    /// <summary>Works one chunk into the state: four vectors of the first half of the lanes and four of the second; sixteen words of each.</summary>
    public static void Mix(ref Vector256<uint> word, ref Vector256<uint> state)
    {
        Round1(ref word, ref state);
        Round2(ref word, ref state);
        Round3(ref word, ref state);
        Round4(ref word, ref state);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Round1(ref Vector256<uint> word, ref Vector256<uint> state)
    {
        Vector256<uint> a = state, b = Unsafe.Add(ref state, 1), c = Unsafe.Add(ref state, 2), d = Unsafe.Add(ref state, 3);
        Vector256<uint> e = Unsafe.Add(ref state, 4), f = Unsafe.Add(ref state, 5), g = Unsafe.Add(ref state, 6), h = Unsafe.Add(ref state, 7);
        a = F(a, b, c, d, Unsafe.Add(ref word, 0), 0xd76aa478, 7);
        e = F(e, f, g, h, Unsafe.Add(ref word, 16), 0xd76aa478, 7);
        d = F(d, a, b, c, Unsafe.Add(ref word, 1), 0xe8c7b756, 12);
        h = F(h, e, f, g, Unsafe.Add(ref word, 17), 0xe8c7b756, 12);
        c = F(c, d, a, b, Unsafe.Add(ref word, 2), 0x242070db, 17);
        g = F(g, h, e, f, Unsafe.Add(ref word, 18), 0x242070db, 17);
        b = F(b, c, d, a, Unsafe.Add(ref word, 3), 0xc1bdceee, 22);
        f = F(f, g, h, e, Unsafe.Add(ref word, 19), 0xc1bdceee, 22);
        a = F(a, b, c, d, Unsafe.Add(ref word, 4), 0xf57c0faf, 7);
        e = F(e, f, g, h, Unsafe.Add(ref word, 20), 0xf57c0faf, 7);
        d = F(d, a, b, c, Unsafe.Add(ref word, 5), 0x4787c62a, 12);
        h = F(h, e, f, g, Unsafe.Add(ref word, 21), 0x4787c62a, 12);
        c = F(c, d, a, b, Unsafe.Add(ref word, 6), 0xa8304613, 17);
        g = F(g, h, e, f, Unsafe.Add(ref word, 22), 0xa8304613, 17);
        b = F(b, c, d, a, Unsafe.Add(ref word, 7), 0xfd469501, 22);
        f = F(f, g, h, e, Unsafe.Add(ref word, 23), 0xfd469501, 22);
        a = F(a, b, c, d, Unsafe.Add(ref word, 8), 0x698098d8, 7);
        e = F(e, f, g, h, Unsafe.Add(ref word, 24), 0x698098d8, 7);
        d = F(d, a, b, c, Unsafe.Add(ref word, 9), 0x8b44f7af, 12);
        h = F(h, e, f, g, Unsafe.Add(ref word, 25), 0x8b44f7af, 12);
        c = F(c, d, a, b, Unsafe.Add(ref word, 10), 0xffff5bb1, 17);
        g = F(g, h, e, f, Unsafe.Add(ref word, 26), 0xffff5bb1, 17);
        b = F(b, c, d, a, Unsafe.Add(ref word, 11), 0x895cd7be, 22);
        f = F(f, g, h, e, Unsafe.Add(ref word, 27), 0x895cd7be, 22);
        a = F(a, b, c, d, Unsafe.Add(ref word, 12), 0x6b901122, 7);
        e = F(e, f, g, h, Unsafe.Add(ref word, 28), 0x6b901122, 7);
        d = F(d, a, b, c, Unsafe.Add(ref word, 13), 0xfd987193, 12);
        h = F(h, e, f, g, Unsafe.Add(ref word, 29), 0xfd987193, 12);
        c = F(c, d, a, b, Unsafe.Add(ref word, 14), 0xa679438e, 17);
        g = F(g, h, e, f, Unsafe.Add(ref word, 30), 0xa679438e, 17);
        b = F(b, c, d, a, Unsafe.Add(ref word, 15), 0x49b40821, 22);
        f = F(f, g, h, e, Unsafe.Add(ref word, 31), 0x49b40821, 22);
        state = a;
        Unsafe.Add(ref state, 1) = b;
        Unsafe.Add(ref state, 2) = c;
        Unsafe.Add(ref state, 3) = d;
        Unsafe.Add(ref state, 4) = e;
        Unsafe.Add(ref state, 5) = f;
        Unsafe.Add(ref state, 6) = g;
        Unsafe.Add(ref state, 7) = h;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Round2(ref Vector256<uint> word, ref Vector256<uint> state)
    {
        Vector256<uint> a = state, b = Unsafe.Add(ref state, 1), c = Unsafe.Add(ref state, 2), d = Unsafe.Add(ref state, 3);
        Vector256<uint> e = Unsafe.Add(ref state, 4), f = Unsafe.Add(ref state, 5), g = Unsafe.Add(ref state, 6), h = Unsafe.Add(ref state, 7);
        a = G(a, b, c, d, Unsafe.Add(ref word, 1), 0xf61e2562, 5);
        e = G(e, f, g, h, Unsafe.Add(ref word, 17), 0xf61e2562, 5);
        d = G(d, a, b, c, Unsafe.Add(ref word, 6), 0xc040b340, 9);
        h = G(h, e, f, g, Unsafe.Add(ref word, 22), 0xc040b340, 9);
        c = G(c, d, a, b, Unsafe.Add(ref word, 11), 0x265e5a51, 14);
        g = G(g, h, e, f, Unsafe.Add(ref word, 27), 0x265e5a51, 14);
        b = G(b, c, d, a, Unsafe.Add(ref word, 0), 0xe9b6c7aa, 20);
        f = G(f, g, h, e, Unsafe.Add(ref word, 16), 0xe9b6c7aa, 20);
        a = G(a, b, c, d, Unsafe.Add(ref word, 5), 0xd62f105d, 5);
        e = G(e, f, g, h, Unsafe.Add(ref word, 21), 0xd62f105d, 5);
        d = G(d, a, b, c, Unsafe.Add(ref word, 10), 0x02441453, 9);
        h = G(h, e, f, g, Unsafe.Add(ref word, 26), 0x02441453, 9);
        c = G(c, d, a, b, Unsafe.Add(ref word, 15), 0xd8a1e681, 14);
        g = G(g, h, e, f, Unsafe.Add(ref word, 31), 0xd8a1e681, 14);
        b = G(b, c, d, a, Unsafe.Add(ref word, 4), 0xe7d3fbc8, 20);
        f = G(f, g, h, e, Unsafe.Add(ref word, 20), 0xe7d3fbc8, 20);
        a = G(a, b, c, d, Unsafe.Add(ref word, 9), 0x21e1cde6, 5);
        e = G(e, f, g, h, Unsafe.Add(ref word, 25), 0x21e1cde6, 5);
        d = G(d, a, b, c, Unsafe.Add(ref word, 14), 0xc33707d6, 9);
        h = G(h, e, f, g, Unsafe.Add(ref word, 30), 0xc33707d6, 9);
        c = G(c, d, a, b, Unsafe.Add(ref word, 3), 0xf4d50d87, 14);
        g = G(g, h, e, f, Unsafe.Add(ref word, 19), 0xf4d50d87, 14);
        b = G(b, c, d, a, Unsafe.Add(ref word, 8), 0x455a14ed, 20);
        f = G(f, g, h, e, Unsafe.Add(ref word, 24), 0x455a14ed, 20);
        a = G(a, b, c, d, Unsafe.Add(ref word, 13), 0xa9e3e905, 5);
        e = G(e, f, g, h, Unsafe.Add(ref word, 29), 0xa9e3e905, 5);
        d = G(d, a, b, c, Unsafe.Add(ref word, 2), 0xfcefa3f8, 9);
        h = G(h, e, f, g, Unsafe.Add(ref word, 18), 0xfcefa3f8, 9);
        c = G(c, d, a, b, Unsafe.Add(ref word, 7), 0x676f02d9, 14);
        g = G(g, h, e, f, Unsafe.Add(ref word, 23), 0x676f02d9, 14);
        b = G(b, c, d, a, Unsafe.Add(ref word, 12), 0x8d2a4c8a, 20);
        f = G(f, g, h, e, Unsafe.Add(ref word, 28), 0x8d2a4c8a, 20);
        state = a;
        Unsafe.Add(ref state, 1) = b;
        Unsafe.Add(ref state, 2) = c;
        Unsafe.Add(ref state, 3) = d;
        Unsafe.Add(ref state, 4) = e;
        Unsafe.Add(ref state, 5) = f;
        Unsafe.Add(ref state, 6) = g;
        Unsafe.Add(ref state, 7) = h;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Round3(ref Vector256<uint> word, ref Vector256<uint> state)
    {
        Vector256<uint> a = state, b = Unsafe.Add(ref state, 1), c = Unsafe.Add(ref state, 2), d = Unsafe.Add(ref state, 3);
        Vector256<uint> e = Unsafe.Add(ref state, 4), f = Unsafe.Add(ref state, 5), g = Unsafe.Add(ref state, 6), h = Unsafe.Add(ref state, 7);
        a = H(a, b, c, d, Unsafe.Add(ref word, 5), 0xfffa3942, 4);
        e = H(e, f, g, h, Unsafe.Add(ref word, 21), 0xfffa3942, 4);
        d = H(d, a, b, c, Unsafe.Add(ref word, 8), 0x8771f681, 11);
        h = H(h, e, f, g, Unsafe.Add(ref word, 24), 0x8771f681, 11);
        c = H(c, d, a, b, Unsafe.Add(ref word, 11), 0x6d9d6122, 16);
        g = H(g, h, e, f, Unsafe.Add(ref word, 27), 0x6d9d6122, 16);
        b = H(b, c, d, a, Unsafe.Add(ref word, 14), 0xfde5380c, 23);
        f = H(f, g, h, e, Unsafe.Add(ref word, 30), 0xfde5380c, 23);
        a = H(a, b, c, d, Unsafe.Add(ref word, 1), 0xa4beea44, 4);
        e = H(e, f, g, h, Unsafe.Add(ref word, 17), 0xa4beea44, 4);
        d = H(d, a, b, c, Unsafe.Add(ref word, 4), 0x4bdecfa9, 11);
        h = H(h, e, f, g, Unsafe.Add(ref word, 20), 0x4bdecfa9, 11);
        c = H(c, d, a, b, Unsafe.Add(ref word, 7), 0xf6bb4b60, 16);
        g = H(g, h, e, f, Unsafe.Add(ref word, 23), 0xf6bb4b60, 16);
        b = H(b, c, d, a, Unsafe.Add(ref word, 10), 0xbebfbc70, 23);
        f = H(f, g, h, e, Unsafe.Add(ref word, 26), 0xbebfbc70, 23);
        a = H(a, b, c, d, Unsafe.Add(ref word, 13), 0x289b7ec6, 4);
        e = H(e, f, g, h, Unsafe.Add(ref word, 29), 0x289b7ec6, 4);
        d = H(d, a, b, c, Unsafe.Add(ref word, 0), 0xeaa127fa, 11);
        h = H(h, e, f, g, Unsafe.Add(ref word, 16), 0xeaa127fa, 11);
        c = H(c, d, a, b, Unsafe.Add(ref word, 3), 0xd4ef3085, 16);
        g = H(g, h, e, f, Unsafe.Add(ref word, 19), 0xd4ef3085, 16);
        b = H(b, c, d, a, Unsafe.Add(ref word, 6), 0x04881d05, 23);
        f = H(f, g, h, e, Unsafe.Add(ref word, 22), 0x04881d05, 23);
        a = H(a, b, c, d, Unsafe.Add(ref word, 9), 0xd9d4d039, 4);
        e = H(e, f, g, h, Unsafe.Add(ref word, 25), 0xd9d4d039, 4);
        d = H(d, a, b, c, Unsafe.Add(ref word, 12), 0xe6db99e5, 11);
        h = H(h, e, f, g, Unsafe.Add(ref word, 28), 0xe6db99e5, 11);
        c = H(c, d, a, b, Unsafe.Add(ref word, 15), 0x1fa27cf8, 16);
        g = H(g, h, e, f, Unsafe.Add(ref word, 31), 0x1fa27cf8, 16);
        b = H(b, c, d, a, Unsafe.Add(ref word, 2), 0xc4ac5665, 23);
        f = H(f, g, h, e, Unsafe.Add(ref word, 18), 0xc4ac5665, 23);
        state = a;
        Unsafe.Add(ref state, 1) = b;
        Unsafe.Add(ref state, 2) = c;
        Unsafe.Add(ref state, 3) = d;
        Unsafe.Add(ref state, 4) = e;
        Unsafe.Add(ref state, 5) = f;
        Unsafe.Add(ref state, 6) = g;
        Unsafe.Add(ref state, 7) = h;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Round4(ref Vector256<uint> word, ref Vector256<uint> state)
    {
        Vector256<uint> a = state, b = Unsafe.Add(ref state, 1), c = Unsafe.Add(ref state, 2), d = Unsafe.Add(ref state, 3);
        Vector256<uint> e = Unsafe.Add(ref state, 4), f = Unsafe.Add(ref state, 5), g = Unsafe.Add(ref state, 6), h = Unsafe.Add(ref state, 7);
        a = I(a, b, c, d, Unsafe.Add(ref word, 0), 0xf4292244, 6);
        e = I(e, f, g, h, Unsafe.Add(ref word, 16), 0xf4292244, 6);
        d = I(d, a, b, c, Unsafe.Add(ref word, 7), 0x432aff97, 10);
        h = I(h, e, f, g, Unsafe.Add(ref word, 23), 0x432aff97, 10);
        c = I(c, d, a, b, Unsafe.Add(ref word, 14), 0xab9423a7, 15);
        g = I(g, h, e, f, Unsafe.Add(ref word, 30), 0xab9423a7, 15);
        b = I(b, c, d, a, Unsafe.Add(ref word, 5), 0xfc93a039, 21);
        f = I(f, g, h, e, Unsafe.Add(ref word, 21), 0xfc93a039, 21);
        a = I(a, b, c, d, Unsafe.Add(ref word, 12), 0x655b59c3, 6);
        e = I(e, f, g, h, Unsafe.Add(ref word, 28), 0x655b59c3, 6);
        d = I(d, a, b, c, Unsafe.Add(ref word, 3), 0x8f0ccc92, 10);
        h = I(h, e, f, g, Unsafe.Add(ref word, 19), 0x8f0ccc92, 10);
        c = I(c, d, a, b, Unsafe.Add(ref word, 10), 0xffeff47d, 15);
        g = I(g, h, e, f, Unsafe.Add(ref word, 26), 0xffeff47d, 15);
        b = I(b, c, d, a, Unsafe.Add(ref word, 1), 0x85845dd1, 21);
        f = I(f, g, h, e, Unsafe.Add(ref word, 17), 0x85845dd1, 21);
        a = I(a, b, c, d, Unsafe.Add(ref word, 8), 0x6fa87e4f, 6);
        e = I(e, f, g, h, Unsafe.Add(ref word, 24), 0x6fa87e4f, 6);
        d = I(d, a, b, c, Unsafe.Add(ref word, 15), 0xfe2ce6e0, 10);
        h = I(h, e, f, g, Unsafe.Add(ref word, 31), 0xfe2ce6e0, 10);
        c = I(c, d, a, b, Unsafe.Add(ref word, 6), 0xa3014314, 15);
        g = I(g, h, e, f, Unsafe.Add(ref word, 22), 0xa3014314, 15);
        b = I(b, c, d, a, Unsafe.Add(ref word, 13), 0x4e0811a1, 21);
        f = I(f, g, h, e, Unsafe.Add(ref word, 29), 0x4e0811a1, 21);
        a = I(a, b, c, d, Unsafe.Add(ref word, 4), 0xf7537e82, 6);
        e = I(e, f, g, h, Unsafe.Add(ref word, 20), 0xf7537e82, 6);
        d = I(d, a, b, c, Unsafe.Add(ref word, 11), 0xbd3af235, 10);
        h = I(h, e, f, g, Unsafe.Add(ref word, 27), 0xbd3af235, 10);
        c = I(c, d, a, b, Unsafe.Add(ref word, 2), 0x2ad7d2bb, 15);
        g = I(g, h, e, f, Unsafe.Add(ref word, 18), 0x2ad7d2bb, 15);
        b = I(b, c, d, a, Unsafe.Add(ref word, 9), 0xeb86d391, 21);
        f = I(f, g, h, e, Unsafe.Add(ref word, 25), 0xeb86d391, 21);
        state = a;
        Unsafe.Add(ref state, 1) = b;
        Unsafe.Add(ref state, 2) = c;
        Unsafe.Add(ref state, 3) = d;
        Unsafe.Add(ref state, 4) = e;
        Unsafe.Add(ref state, 5) = f;
        Unsafe.Add(ref state, 6) = g;
        Unsafe.Add(ref state, 7) = h;
    }
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> F(
        Vector256<uint> a, Vector256<uint> b, Vector256<uint> c, Vector256<uint> d, Vector256<uint> word, [ConstantExpected] uint k, [ConstantExpected] byte turns) =>
        Avx512F.VL.IsSupported
            ? b + Avx512F.VL.RotateLeft(a + (word + Vector256.Create(k)) + Avx512F.VL.TernaryLogic(b, c, d, 0xCA), turns)
            : b + Turn(a + (word + Vector256.Create(k)) + (d ^ (b & (c ^ d))), turns);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> G(
        Vector256<uint> a, Vector256<uint> b, Vector256<uint> c, Vector256<uint> d, Vector256<uint> word, [ConstantExpected] uint k, [ConstantExpected] byte turns) =>
        Avx512F.VL.IsSupported
            ? b + Avx512F.VL.RotateLeft(a + (word + Vector256.Create(k)) + Avx512F.VL.TernaryLogic(b, c, d, 0xE4), turns)
            : b + Turn(a + (word + Vector256.Create(k)) + (c ^ (d & (b ^ c))), turns);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> H(
        Vector256<uint> a, Vector256<uint> b, Vector256<uint> c, Vector256<uint> d, Vector256<uint> word, [ConstantExpected] uint k, [ConstantExpected] byte turns) =>
        Avx512F.VL.IsSupported
            ? b + Avx512F.VL.RotateLeft(a + (word + Vector256.Create(k)) + Avx512F.VL.TernaryLogic(b, c, d, 0x96), turns)
            : b + Turn(a + (word + Vector256.Create(k)) + (b ^ c ^ d), turns);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> I(
        Vector256<uint> a, Vector256<uint> b, Vector256<uint> c, Vector256<uint> d, Vector256<uint> word, [ConstantExpected] uint k, [ConstantExpected] byte turns) =>
        Avx512F.VL.IsSupported
            ? b + Avx512F.VL.RotateLeft(a + (word + Vector256.Create(k)) + Avx512F.VL.TernaryLogic(b, c, d, 0x39), turns)
            : b + Turn(a + (word + Vector256.Create(k)) + (c ^ (b | ~d)), turns);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Turn(Vector256<uint> sum, [ConstantExpected] byte turns) =>
        Vector256.ShiftLeft(sum, turns) | Vector256.ShiftRightLogical(sum, 32 - turns);
}
#endif
