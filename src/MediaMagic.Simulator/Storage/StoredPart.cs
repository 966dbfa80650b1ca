using System.IO;

namespace MediaMagic.Simulator;

/// <summary>Bytes that storage received in one request.</summary>
internal sealed class StoredPart
{
    private readonly PartPlace? _place;

    public StoredPart(PartPlace? place, long length, byte[] md5, byte[] head)
    {
        _place = place;
        Length = length;
        Md5 = md5;
        Head = head;
    }

    public bool IsDiscarded => _place is null;

    public long Length { get; }

    public byte[] Md5 { get; }

    /// <summary>The first bytes, as many as tell a file's type.</summary>
    public byte[] Head { get; }

    /// <summary>Opens the bytes; there are <see cref="Length"/> of them, and others may follow.</summary>
    public Stream Open() => _place?.OpenRead() ?? Stream.Null;

    public void Delete() => _place?.Release();
}
