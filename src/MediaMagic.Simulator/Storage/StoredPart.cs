namespace MediaMagic.Simulator;

/// <summary>Bytes that storage received in one request.</summary>
internal sealed class StoredPart
{
    public StoredPart(string? file, long length, byte[] md5, byte[] head)
    {
        File = file;
        Length = length;
        Md5 = md5;
        Head = head;
    }

    /// <summary>Where the bytes are; null when they were discarded.</summary>
    public string? File { get; }

    public long Length { get; }

    public byte[] Md5 { get; }

    /// <summary>The first bytes, as many as tell a file's type.</summary>
    public byte[] Head { get; }

    public void Delete()
    {
        if (File is not null)
        {
            System.IO.File.Delete(File);
        }
    }
}
