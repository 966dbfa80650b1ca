using System.IO;
#if !NET
using MediaMagic.Files;
#endif

namespace MediaMagic;

/// <summary>Who may do what with a file that another one takes the place of.</summary>
internal static class FileRights
{
#if NET
    private const UnixFileMode Write = UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <summary>Whether nobody is meant to write it; root could, but was asked not to.</summary>
    public static bool IsReadOnly(string path) =>
        System.OperatingSystem.IsWindows() ? new FileInfo(path).IsReadOnly : (File.GetUnixFileMode(path) & Write) == 0;

    /// <summary>Gives a file the mode of another one; on Windows, what replaces a file takes over its rights.</summary>
    public static void CopyMode(string from, string to)
    {
        if (!System.OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(to, File.GetUnixFileMode(from));
        }
    }
#else
    private const int Write = 0x92; // 0222
    private const int All = 0xFFF; // 07777
    private const uint Mine = 0x180; // 0600

    /// <summary>Whether nobody is meant to write it; root could, but was asked not to.</summary>
    public static bool IsReadOnly(string path) =>
        UnixNative.Stat(path, out StatX seen) == 0 ? (seen.Mode & Write) == 0 : new FileInfo(path).IsReadOnly;

    /// <summary>
    /// Gives a file the mode of another one, or, where that cannot be seen (macOS), leaves it to its user alone; on Windows, what
    /// replaces a file takes over its rights.
    /// </summary>
    public static void CopyMode(string from, string to) =>
        UnixNative.Restrict(to, UnixNative.Stat(from, out StatX seen) == 0 ? (uint)(seen.Mode & All) : Mine);
#endif
}
