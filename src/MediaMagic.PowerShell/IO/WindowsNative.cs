using System;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MediaMagic.IO;

/// <summary>The calls of Windows that the framework has no word for.</summary>
internal static class WindowsNative
{
    private const int InformationLength = 13;

    /// <summary>Returns the volume and the number of an open file; null where it has none.</summary>
    public static (ulong Volume, ulong Number)? NumberOf(SafeFileHandle file)
    {
        // BY_HANDLE_FILE_INFORMATION: attributes, three times, volume, size, links, number; each half of a long is a word.
        uint[] words = new uint[InformationLength];
        try
        {
            return !CallInformation(file, words) || (words[11] == 0 && words[12] == 0) ? null : (words[7], ((ulong)words[11] << 32) | words[12]);
        }
        catch (Exception error) when (error is EntryPointNotFoundException or DllNotFoundException)
        {
            return null;
        }
    }

    [DllImport("kernel32", EntryPoint = "GetFileInformationByHandle", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool CallInformation(SafeFileHandle file, [Out] uint[] information);
}
