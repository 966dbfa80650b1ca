using System;
using System.IO;
using System.Linq;

namespace MediaMagic.Bench.Uploads;

/// <summary>The files that are uploaded, made in a temporary folder.</summary>
internal sealed class Files : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mediamagic-bench-").FullName;

    /// <summary>A file of random bytes.</summary>
    public string Random(string name, long length)
    {
        string path = Path.Combine(_folder, name);
        using FileStream stream = File.Create(path);
        byte[] bytes = new byte[Math.Min(length, 4 * 1024 * 1024)];
        Random random = new(1);
        for (long rest = length; rest > 0; rest -= bytes.Length)
        {
            random.NextBytes(bytes);
            stream.Write(bytes, 0, (int)Math.Min(bytes.Length, rest));
        }

        return path;
    }

    /// <summary>A file of words.</summary>
    public string Text(string name, int length)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, string.Concat(Enumerable.Repeat("The quick brown fox. ", (length / 21) + 1))[..length]);
        return path;
    }

    /// <summary>A file without content of its own on the disk.</summary>
    public string Sparse(string name, long length)
    {
        string path = Path.Combine(_folder, name);
        using FileStream stream = File.Create(path);
        stream.SetLength(length);
        return path;
    }

    /// <summary>A folder.</summary>
    public string Folder(string name) => Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
