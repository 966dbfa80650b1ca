using System;
using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;

namespace MediaMagic.IO;

/// <summary>Appends with O_APPEND: the kernel finds the end and writes there in one step, however many processes append. The framework has no word for it.</summary>
internal static class UnixAppend
{
    private const int WriteOnly = 0x1;

    // O_APPEND, O_NONBLOCK and O_CLOEXEC; what took the file's place may be a pipe, which must not block.
    private const int LinuxFlags = WriteOnly | 0x400 | 0x800 | 0x80000;
    private const int MacFlags = WriteOnly | 0x8 | 0x4 | 0x1000000;

    /// <summary>Appends to a file that exists. Returns how many bytes were written, and -1 where the system has no such call.</summary>
    public static long Write(string path, byte[] bytes)
    {
        bool isMac = RuntimeInformation.IsOSPlatform(OSPlatform.OSX);
        if (!isMac && !RuntimeInformation.IsOSPlatform(OSPlatform.Linux))
        {
            return -1;
        }

        try
        {
            return WriteAt(path, bytes, isMac ? MacFlags : LinuxFlags);
        }
        catch (Exception failure) when (failure is EntryPointNotFoundException or DllNotFoundException)
        {
            return -1;
        }
    }

    private static long WriteAt(string path, byte[] bytes, int flags)
    {
        int file = CallOpen(Encoding.UTF8.GetBytes(path + '\0'), flags);
        int error = Marshal.GetLastWin32Error();
        if (file < 0)
        {
            throw Failure(error);
        }

        try
        {
            long written = (long)CallWrite(file, bytes, (IntPtr)bytes.Length);
            error = Marshal.GetLastWin32Error();
            return written >= 0 ? written : throw Failure(error);
        }
        finally
        {
            _ = CallClose(file);
        }
    }

    // To load the type for its first use replaces the last error, so the number is read before.
    private static System.IO.IOException Failure(int error) => new(new Win32Exception(error).Message);

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int CallOpen([In] byte[] path, int flags);

    [DllImport("libc", EntryPoint = "write", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern IntPtr CallWrite(int file, [In] byte[] bytes, IntPtr count);

    [DllImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int CallClose(int file);
}
