using System;
using System.IO;

namespace MediaMagic.IO;

/// <summary>
/// Appends whole lines to a file that other programs may read, and that other processes may append to, at any time. On Unix the kernel appends in one
/// step. Elsewhere the writers take turns by a lock on a byte far behind the end, which no reader reaches.
/// </summary>
internal class AppendFile(string path, Func<string, bool> isFile, bool useLock = false)
{
    private const long LockedByte = 1L << 62;

    // A disk was full in the middle of a line, and another process has appended since.
    private bool _isCut;

    /// <summary>Creates the file if there is none, and fails if it cannot be written.</summary>
    public void Check()
    {
        using FileStream file = Open();
    }

    /// <summary>Appends the lines, or nothing at all. It fails while another program does not share the file.</summary>
    public virtual void Append(byte[] lines)
    {
        using FileStream file = Open();
        AppendTo(file, _isCut ? [(byte)'\n', .. lines] : lines);
        _isCut = false;
    }

    /// <summary>Appends the lines even if another program does not share the file, where that loses nothing. Returns false elsewhere.</summary>
    public virtual bool AppendAnyway(byte[] lines) => !useLock && isFile(path) && UnixAppend.Write(path, lines) == lines.Length;

    private void AppendTo(FileStream file, byte[] lines)
    {
        long end = file.Length;
        long written = useLock ? -1 : UnixAppend.Write(path, lines);
        if (written < 0)
        {
            AppendLocked(file, lines);
        }
        else if (written < lines.Length)
        {
            // The disk is full: no half of a line stays in the way of the whole one.
            _isCut = file.Length != end + written;
            if (!_isCut)
            {
                file.SetLength(end);
            }

            throw new IOException("the disk is full");
        }
    }

    private static void AppendLocked(FileStream file, byte[] lines)
    {
#pragma warning disable CA1416 // On macOS the kernel appends.
        file.Lock(LockedByte, 1);
        long end = file.Seek(0, SeekOrigin.End);
        try
        {
            file.Write(lines, 0, lines.Length);
            file.Flush();
        }
        catch (IOException)
        {
            file.SetLength(end);
            throw;
        }
        finally
        {
            file.Unlock(LockedByte, 1);
        }
#pragma warning restore CA1416
    }

    private FileStream Open()
    {
        FileStream file = OpenAny();
        if (file.CanSeek)
        {
            return file;
        }

        file.Dispose();
        throw new IOException("It is a pipe or a terminal. Use the path of a file.");
    }

    // A pipe that is opened only to write blocks until something reads it. With both rights it opens at once, and without the right to read
    // only what is known to be a file is opened.
    private FileStream OpenAny()
    {
        try
        {
            return PrivateFile.Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileSharing.All);
        }
        catch (UnauthorizedAccessException) when (isFile(path))
        {
            return PrivateFile.Open(path, FileMode.OpenOrCreate, share: FileSharing.All);
        }
    }
}
