using System;
using System.IO;

namespace MediaMagic.Tests.Files;

/// <summary>A folder that goes when the test ends.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("mediamagic-").FullName;

    /// <summary>Where a file of this name would be.</summary>
    public string At(string name) => System.IO.Path.Combine(Path, name);

    public string Write(string name, byte[] bytes)
    {
        string path = At(name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    /// <summary>A file that begins with these bytes and has this length, without taking the room.</summary>
    public string WriteSparse(string name, byte[] head, long length)
    {
        string path = At(name);
        using FileStream file = File.Create(path);
        file.Write(head);
        file.SetLength(length);
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
