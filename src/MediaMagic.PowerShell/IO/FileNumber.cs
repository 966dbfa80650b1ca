using System;
using System.IO;
using MediaMagic.Files;

namespace MediaMagic.IO;

/// <summary>The number that a file system gives a file, whatever the spelling of its path.</summary>
internal static class FileNumber
{
    /// <summary>Returns whether both paths lead to one file; null if the first one leads to none, or that cannot be found out.</summary>
    public static bool? AreEqual(string path, string other)
    {
        try
        {
            FileInfo first = new(path);
            FileInfo second = new(other);
            return !first.Exists ? null
                : !second.Exists ? false
                : NumberOf(path) is (ulong, ulong) number && NumberOf(other) is (ulong, ulong) otherNumber ? number == otherNumber
                : AreAlike(first, second);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    // Where the system tells no number, two files that were created and written at the same moments count as one.
    private static bool AreAlike(FileInfo first, FileInfo second) =>
        first.Length == second.Length && first.CreationTimeUtc == second.CreationTimeUtc && first.LastWriteTimeUtc == second.LastWriteTimeUtc;

    private static (ulong Volume, ulong Number)? NumberOf(string path)
    {
        if (Path.DirectorySeparatorChar == '/')
        {
            return UnixNative.Stat(path, out StatX seen) == 0 ? (((ulong)seen.DeviceMajor << 32) | seen.DeviceMinor, seen.Number) : null;
        }

        using FileStream stream = FileReading.Open(path);
        return WindowsNative.NumberOf(stream.SafeFileHandle);
    }
}
