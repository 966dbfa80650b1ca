using System;
using System.Runtime.InteropServices;
using System.Text;

namespace MediaMagic.Files;

/// <summary>The calls of the C library that the framework has no word for.</summary>
internal static class UnixNative
{
    // Twice PATH_MAX of Linux, four times that of macOS: realpath writes no more than PATH_MAX.
    private const int PathBuffer = 8192;

    private const int CurrentFolder = -100;
    private const uint TypeNumberAndSize = 0x1 | 0x100 | 0x200;
    private const int NoSuchCall = 38;

    /// <summary>Sees what a path leads to; the answer is 0 or the error's number.</summary>
    public static int Stat(string path, out StatX result)
    {
        try
        {
            return CallStat(CurrentFolder, Terminated(path), 0, TypeNumberAndSize, out result) == 0 ? 0 : Marshal.GetLastWin32Error();
        }
        catch (Exception error) when (error is EntryPointNotFoundException or DllNotFoundException)
        {
            result = default;
            return NoSuchCall;
        }
    }

    /// <summary>Where a path leads when every link is followed, or null when it leads nowhere.</summary>
    public static string? RealPath(string path)
    {
        try
        {
            byte[] resolved = new byte[PathBuffer];
            return CallRealPath(Terminated(path), resolved) == IntPtr.Zero
                ? null
                : Encoding.UTF8.GetString(resolved, 0, Array.IndexOf(resolved, (byte)0));
        }
        catch (Exception error) when (error is EntryPointNotFoundException or DllNotFoundException)
        {
            return path;
        }
    }

    /// <summary>Sets who may do what with a file; a file system that knows no rights leaves it at that.</summary>
    public static void Restrict(string path, uint rights)
    {
        try
        {
            _ = CallChangeMode(Terminated(path), rights);
        }
        catch (Exception error) when (error is EntryPointNotFoundException or DllNotFoundException)
        {
            // Then nobody can.
        }
    }

    private static byte[] Terminated(string path)
    {
        byte[] bytes = new byte[Encoding.UTF8.GetByteCount(path) + 1];
        Encoding.UTF8.GetBytes(path, 0, path.Length, bytes, 0);
        return bytes;
    }

    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int CallStat(int folder, [In] byte[] path, int flags, uint mask, out StatX result);

    [DllImport("libc", EntryPoint = "chmod")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int CallChangeMode([In] byte[] path, uint rights);

    [DllImport("libc", EntryPoint = "realpath")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern IntPtr CallRealPath([In] byte[] path, [Out] byte[] resolved);
}
