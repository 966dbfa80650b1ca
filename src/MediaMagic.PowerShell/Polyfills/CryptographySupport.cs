#if !NET
using System.Runtime.CompilerServices;

// Under the framework's own namespace, so that the same using directives serve both builds.
#pragma warning disable IDE0130
namespace System.Security.Cryptography;

/// <summary>Comparison in constant time, as newer frameworks have it.</summary>
internal static class CryptographicOperations
{
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.NoOptimization)]
    public static bool FixedTimeEquals(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        if (left.Length != right.Length)
        {
            return false;
        }

        int difference = 0;
        for (int i = 0; i < left.Length; i++)
        {
            difference |= left[i] ^ right[i];
        }

        return difference == 0;
    }
}
#endif
