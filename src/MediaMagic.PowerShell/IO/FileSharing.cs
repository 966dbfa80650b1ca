using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace MediaMagic.IO;

/// <summary>How the module shares its files with other programs, such as virus scanners, backups and editors, and how it waits for them.</summary>
internal static class FileSharing
{
    /// <summary>Excludes no other program.</summary>
    public const FileShare All = FileShare.ReadWrite | FileShare.Delete;

    // ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION, as the framework puts them into an HRESULT.
    private const int SharingViolation = unchecked((int)0x80070020);
    private const int LockViolation = unchecked((int)0x80070021);

    // ERROR_UNABLE_TO_REMOVE_REPLACED, ERROR_UNABLE_TO_MOVE_REPLACEMENT and ERROR_UNABLE_TO_MOVE_REPLACEMENT_2.
    private const int FirstOfReplace = unchecked((int)0x80070497);
    private const int LastOfReplace = unchecked((int)0x80070499);

    // Elsewhere it is EWOULDBLOCK of flock, with which the framework stands in for a hold: Linux, then macOS.
    private const int LinuxWouldBlock = 11;
    private const int MacWouldBlock = 35;

    // Together 3.1 seconds; a scanner looks at a file for less.
    private static readonly int[] s_pauses = [100, 200, 400, 800, 1600];

    /// <summary>Returns whether the failure says that another program holds the file.</summary>
    public static bool IsHeld(Exception failure) => failure is FileHeldException
        || (failure is IOException && failure.HResult is SharingViolation or LockViolation or (>= FirstOfReplace and <= LastOfReplace) or LinuxWouldBlock or MacWouldBlock);

    /// <summary>
    /// Returns whether the file can be written now. It opens the file, so it is not for a file that SQLite has open on Unix, where closing any
    /// handle of a process ends all its locks.
    /// </summary>
    public static FileHold HoldOf(string path)
    {
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.ReadWrite, All, 1);
            return FileHold.None;
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            return FileHold.None;
        }
        catch (Exception failure) when (IsHeld(failure))
        {
            return FileHold.Held;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return FileHold.Refused;
        }
    }

    /// <summary>Does the work, and does it again a few times while another program holds its file.</summary>
    public static async Task RetryAsync(TimeProvider clock, Action work, CancellationToken stop)
    {
        for (int turn = 0; ; turn++)
        {
            try
            {
                work();
                return;
            }
            catch (IOException failure) when (turn < s_pauses.Length && IsHeld(failure))
            {
            }

            await clock.Delay(TimeSpan.FromMilliseconds(s_pauses[turn]), stop).ConfigureAwait(false);
        }
    }
}
