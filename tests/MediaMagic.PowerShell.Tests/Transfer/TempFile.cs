using System;
using System.IO;
using System.Security.Cryptography;

namespace MediaMagic.Tests.Transfer;

/// <summary>A file of known random bytes in a folder of its own, gone after the test.</summary>
public sealed class TempFile : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mediamagic-").FullName;

    public TempFile(long length, string name = "clip.mp4", int seed = 1)
    {
        Path = System.IO.Path.Combine(_folder, name);
        Write(length, seed);
    }

    public string Path { get; }

    public string Folder => _folder;

    public long Length => new FileInfo(Path).Length;

    public string Sha256
    {
        get
        {
            using FileStream stream = File.OpenRead(Path);
            return Convert.ToHexStringLower(SHA256.HashData(stream));
        }
    }

    /// <summary>Writes other bytes, behind the head of an mp4 file where there is room.</summary>
    public void Write(long length, int seed)
    {
        byte[] bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        byte[] head = [0, 0, 0, 24, (byte)'f', (byte)'t', (byte)'y', (byte)'p', (byte)'i', (byte)'s', (byte)'o', (byte)'m'];
        head.AsSpan(0, (int)Math.Min(head.Length, length)).CopyTo(bytes);
        File.WriteAllBytes(Path, bytes);
    }

    public string Also(string name, long length, int seed)
    {
        string path = System.IO.Path.Combine(_folder, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        using TempFile other = new(length, "other.mp4", seed);
        File.Copy(other.Path, path);
        return path;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
