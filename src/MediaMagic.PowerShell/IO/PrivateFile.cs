using System;
using System.IO;
using MediaMagic.Files;

namespace MediaMagic.IO;

/// <summary>Creates files and folders that only their user may read. A file that exists keeps the rights that it has.</summary>
internal static class PrivateFile
{
    /// <summary>
    /// Creates an empty file if there is none, also behind a link, and excludes no other program meanwhile. If it fails, the next attempt to open the file
    /// says why.
    /// </summary>
    public static void Create(string path)
    {
        try
        {
            // To close a file that exists would release the locks that this process has on it.
            FileMode mode = FileProbe.Default.Look(path).Kind == SightKind.BrokenLink ? FileMode.OpenOrCreate : FileMode.CreateNew;
            Open(path, mode, share: FileSharing.All).Dispose();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
        }
    }

    /// <summary>
    /// Opens a file, and creates it for its user alone; <see cref="FileMode.CreateNew"/> follows no link. The system removes a temporary file when it is closed.
    /// </summary>
    public static FileStream Open(string path, FileMode mode, FileAccess access = FileAccess.Write, FileShare share = FileShare.None, bool isTemporary = false)
    {
        FileStreamOptions options = new() { Mode = mode, Access = access, Share = share, BufferSize = 1, Options = isTemporary ? FileOptions.DeleteOnClose : FileOptions.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return File.Open(path, options);
    }

    /// <summary>Creates the folder if there is none.</summary>
    public static DirectoryInfo CreateFolder(string path) => OperatingSystem.IsWindows()
        ? Directory.CreateDirectory(path)
        : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
}
