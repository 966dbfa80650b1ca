using System.IO;

namespace MediaMagic.Tests.Files;

/// <summary>Claims to be longer than it is, as a file that shrinks does.</summary>
internal sealed class BoastfulStream(byte[] bytes, long length) : MemoryStream(bytes)
{
    public override long Length { get; } = length;
}
