using System;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using MediaMagic.IO;

namespace MediaMagic.Transfer;

/// <summary>The file of a journal. One process at a time has it open. What goes wrong with it is no error: it can be opened again later.</summary>
internal sealed class JournalFile : IDisposable
{
    private const string Pattern = "upload-*.journal";
    private const int MaxLength = 16 * 1024 * 1024;

    // Storage discards blocks that no list names within a week.
    private static readonly TimeSpan s_lifetime = TimeSpan.FromDays(7);

    // On Windows, readers such as backups are welcome, and the file can be removed while it is open. On Unix only None excludes other uploads,
    // and excludes nobody else.
    private static readonly FileShare s_share = OperatingSystem.IsWindows() ? FileShare.Read | FileShare.Delete : FileShare.None;
    private readonly string _path;
    private FileStream? _stream;
    private bool _isOver;

    private JournalFile(string path) => _path = path;

    public bool IsOpen => _stream is not null;

    /// <summary>Returns the file of an upload in the folder, not open yet; null when the folder cannot be used.</summary>
    public static JournalFile? Of(UploadJob job, string folder)
    {
        try
        {
            DirectoryInfo home = PrivateFile.CreateFolder(folder);
            RemoveOld(home, job.Session.Clock.GetUtcNow() - s_lifetime);
            return new JournalFile(PathOf(job, home.FullName));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            // A journal that cannot be kept must not fail the upload.
            return null;
        }
    }

    /// <summary>Returns what the names that this system takes for one have in common; null where each spelling is a name of its own.</summary>
    public static string? KeyOfName(UploadJob job, string name) => job.Session.PathIdentity.NameKeyOf(job.Source.Identity.Path, name);

    /// <summary>Returns the first line of an upload's file in the folder, which may be open elsewhere; empty when it cannot be read.</summary>
    public static string FirstLineOf(UploadJob job, string folder)
    {
        try
        {
            using StreamReader reader = new(new FileStream(PathOf(job, Path.GetFullPath(folder)), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
            return reader.ReadLine() ?? string.Empty;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return string.Empty;
        }
    }

    /// <summary>Opens the file; false while another program holds it, and when it cannot be used.</summary>
    public bool TryOpen(FileMode mode = FileMode.OpenOrCreate)
    {
        if (_isOver)
        {
            return false;
        }

        try
        {
            FileAttributes attributes = new FileInfo(_path).Attributes;
            if (attributes != (FileAttributes)(-1) && (attributes & FileAttributes.ReparsePoint) != 0)
            {
                // The name can be guessed: nothing is written through a link. -1 stands for a file that does not exist.
                File.Delete(_path);
            }

            _stream = mode == FileMode.OpenOrCreate
                ? PrivateFile.Open(_path, mode, FileAccess.ReadWrite, s_share)
                : new FileStream(_path, mode, FileAccess.ReadWrite, s_share, 1);

            // Another upload may have removed the file after it was found and before it was locked. A pipe cannot keep a journal.
            if (!File.Exists(_path) || !_stream.CanSeek)
            {
                Close();
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }

        return IsOpen;
    }

    public string[] Read()
    {
        try
        {
            byte[] text = new byte[Math.Min(_stream!.Length, MaxLength)];
            int length = _stream.Read(text, 0, text.Length);
            return Encoding.UTF8.GetString(text, 0, length).Split('\n');
        }
        catch (Exception failure) when (failure is IOException or NotSupportedException)
        {
            return [];
        }
    }

    /// <summary>Writes the text at the end, or in the place of everything before; the file is closed where that fails.</summary>
    public bool Write(byte[] text, bool isFirst)
    {
        try
        {
            if (isFirst)
            {
                _stream!.SetLength(0);
            }

            _stream!.Seek(0, SeekOrigin.End);
            _stream.Write(text, 0, text.Length);
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // What was written before still holds true: no block id ever stands for two contents.
            Close();
            return false;
        }
    }

    /// <summary>Removes the file while it is locked, so that it is never the one of another upload.</summary>
    public void Delete()
    {
        try
        {
            if (IsOpen || TryOpen(FileMode.Open))
            {
                File.Delete(_path);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The next upload of the file finds all blocks in it, or none in storage.
        }

        _isOver = true;
        Close();
    }

    public void Close()
    {
        _stream?.Dispose();
        _stream = null;
    }

    public void Dispose()
    {
        _isOver = true;
        Close();
    }

    private static string PathOf(UploadJob job, string folder)
    {
        string name = KeyOfName(job, job.FileName) ?? job.FileName;
        byte[] digest = SHA256.HashData(Encoding.UTF8.GetBytes($"{job.Session.Owner}\n{name}\n{job.Session.PathIdentity.KeyOf(job.Source.Identity.Path)}"));
        return Path.Combine(folder, Pattern.Replace("*", Convert.ToHexString(digest).Substring(0, 32)));
    }

    private static void RemoveOld(DirectoryInfo folder, DateTimeOffset oldest)
    {
        foreach (FileInfo file in folder.EnumerateFiles(Pattern))
        {
            try
            {
                file.Refresh();
                if (file.Exists && file.LastWriteTimeUtc < oldest)
                {
                    file.Delete();
                }
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                // Another process has it open, or removes it as well.
            }
        }
    }
}
