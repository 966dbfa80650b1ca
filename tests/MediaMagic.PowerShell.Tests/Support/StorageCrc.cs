using System;
using System.Buffers.Binary;
using System.IO.Hashing;
using System.Net.Http;

namespace MediaMagic.Tests;

/// <summary>Adds to an answer what Azure Storage says of a body that it received.</summary>
internal static class StorageCrc
{
    /// <summary>Returns the checksum of the bytes as a header holds it.</summary>
    public static string Of(ReadOnlySpan<byte> body)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, Crc64.HashToUInt64(Crc64ParameterSet.Nvme, body));
        return Convert.ToBase64String(bytes);
    }

    /// <summary>Adds the checksum of the body to the answer.</summary>
    public static HttpResponseMessage WithCrcOf(this HttpResponseMessage answer, ReadOnlySpan<byte> body)
    {
        answer.Headers.TryAddWithoutValidation("x-ms-content-crc64", Of(body));
        return answer;
    }
}
