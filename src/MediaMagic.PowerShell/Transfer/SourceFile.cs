using System;
using System.IO;
using MediaMagic.Errors;

namespace MediaMagic.Transfer;

/// <summary>The file to upload: read at offsets by many at once, and watched for changes.</summary>
internal sealed class SourceFile : IDisposable
{
    private readonly FileStream _stream;
    private readonly string _path;

    private SourceFile(string path, FileStream stream)
    {
        _path = path;
        _stream = stream;
        Identity = IdentityOf(stream);
    }

    /// <summary>The file as it was when it was opened.</summary>
    public FileIdentity Identity { get; }

    public long Length => Identity.Length;

    /// <summary>Opens the file without keeping others from it.</summary>
    public static SourceFile Open(string path)
    {
        try
        {
            string full = Path.GetFullPath(path);
            return Directory.Exists(full) ? throw Invalid(path, "it is a folder") : new SourceFile(path, OpenStream(full));
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new MediaMagicException(LocalErrors.FileNotFound(path), failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw Invalid(path, failure.Message, failure);
        }
    }

    /// <summary>Fills the buffer with the bytes at the offset; a file that has fewer has changed.</summary>
    public void Read(long offset, byte[] buffer, int start, int count)
    {
        int filled = 0;
        while (filled < count)
        {
            int read = ReadSome(offset + filled, buffer, start + filled, count - filled);
            filled += read > 0 ? read : throw Changed();
        }
    }

    /// <summary>Fails if the file, or what its path names, is no longer what was opened.</summary>
    public void CheckUnchanged()
    {
        try
        {
            using FileStream now = OpenStream(Identity.Path);
            if (IdentityOf(_stream) == Identity && IdentityOf(now) == Identity)
            {
                return;
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new MediaMagicException(LocalErrors.FileChanged(_path), failure);
        }

        throw Changed();
    }

    public MediaMagicException Changed() => new(LocalErrors.FileChanged(_path));

    public void Dispose() => _stream.Dispose();

    private static FileStream OpenStream(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);

    private static MediaMagicException Invalid(string path, string problem, Exception? cause = null) =>
        new(LocalErrors.FileInvalid(path, problem), cause);

    private int ReadSome(long offset, byte[] buffer, int start, int count)
    {
        try
        {
            return ReadAt(offset, buffer, start, count);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Invalid(_path, failure.Message, failure);
        }
    }

#if NET
    private static FileIdentity IdentityOf(FileStream stream) =>
        new(stream.Name, RandomAccess.GetLength(stream.SafeFileHandle), File.GetLastWriteTimeUtc(stream.SafeFileHandle));

    private int ReadAt(long offset, byte[] buffer, int start, int count) =>
        RandomAccess.Read(_stream.SafeFileHandle, buffer.AsSpan(start, count), offset);
#else
    private static FileIdentity IdentityOf(FileStream stream) => new(stream.Name, stream.Length, File.GetLastWriteTimeUtc(stream.Name));

    private int ReadAt(long offset, byte[] buffer, int start, int count)
    {
        lock (_stream)
        {
            _stream.Position = offset;
            return _stream.Read(buffer, start, count);
        }
    }
#endif
}
