#if !NET
using System.Security.Cryptography;

namespace MediaMagic;

/// <summary>Hashing in one call, as newer frameworks have it.</summary>
internal static class HashSupport
{
    extension(SHA256)
    {
        public static byte[] HashData(byte[] source)
        {
            using SHA256 hash = SHA256.Create();
            return hash.ComputeHash(source);
        }
    }
}
#endif
