using System.Security.Cryptography;

namespace MediaMagic.Simulator.Tests;

/// <summary>The hash that storage asks for.</summary>
internal static class Md5
{
    public static byte[] HashData(byte[] content)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        hash.AppendData(content);
        return hash.GetHashAndReset();
    }
}
