using System;
using System.Security.Cryptography;
using System.Text;

namespace MediaMagic.Transfer;

/// <summary>A blob path in eight bytes, for sets of very many.</summary>
internal static class PathDigest
{
    public static ulong Of(string blobPath) => BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes(blobPath)), 0);
}
