using System;
using System.IO;
#if !NET
using System.Runtime.InteropServices;
using MediaMagic.Files;
#endif

namespace MediaMagic;

/// <summary>Makes files and folders that only their user may read. What is there already keeps the rights that somebody gave it.</summary>
internal static class PrivateFile
{
    /// <summary>Makes an empty file if there is none; where that fails, whoever opens it next will say why.</summary>
    public static void Create(string path)
    {
        try
        {
            Open(path, FileMode.CreateNew).Dispose();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
        }
    }

#if NET
    /// <summary>Opens a file to write, alone; <see cref="FileMode.CreateNew"/> follows no link.</summary>
    public static FileStream Open(string path, FileMode mode, FileAccess access = FileAccess.Write)
    {
        FileStreamOptions options = new() { Mode = mode, Access = access, Share = FileShare.None, BufferSize = 1 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }

    /// <summary>Makes the folder if there is none.</summary>
    public static DirectoryInfo CreateFolder(string path) => OperatingSystem.IsWindows()
        ? Directory.CreateDirectory(path)
        : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
#else
    private const uint FileRights = 0x180; // 0600
    private const uint FolderRights = 0x1C0; // 0700

    /// <summary>Opens a file to write, alone; <see cref="FileMode.CreateNew"/> follows no link.</summary>
    public static FileStream Open(string path, FileMode mode, FileAccess access = FileAccess.Write)
    {
        bool fresh = mode == FileMode.CreateNew || !File.Exists(path);
        FileStream file = new(path, mode, access, FileShare.None, 1);
        if (fresh)
        {
            Restrict(path, FileRights);
        }

        return file;
    }

    /// <summary>Makes the folder if there is none.</summary>
    public static DirectoryInfo CreateFolder(string path)
    {
        bool fresh = !Directory.Exists(path);
        DirectoryInfo folder = Directory.CreateDirectory(path);
        if (fresh)
        {
            Restrict(folder.FullName, FolderRights);
        }

        return folder;
    }

    private static void Restrict(string path, uint rights)
    {
        if (!RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            UnixNative.Restrict(path, rights);
        }
    }
#endif
}
