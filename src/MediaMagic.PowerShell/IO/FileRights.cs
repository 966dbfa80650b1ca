using System;
using System.IO;

namespace MediaMagic.IO;

/// <summary>Who may read and write a file that another one replaces.</summary>
internal static class FileRights
{
    private const UnixFileMode Write = UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <summary>Returns whether no user is meant to write the file. Root could, but was asked not to.</summary>
    public static bool IsReadOnly(string path) =>
        OperatingSystem.IsWindows() ? new FileInfo(path).IsReadOnly : (File.GetUnixFileMode(path) & Write) == 0;

    /// <summary>Gives a file the mode of another one. On Windows, the file that replaces another one takes over its rights.</summary>
    public static void CopyMode(string from, string to)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(to, File.GetUnixFileMode(from));
        }
    }
}
