#if !NET
using System;
using System.IO;
using System.Runtime.InteropServices;
using MediaMagic.Files;

namespace MediaMagic;

/// <summary>Who may do what with a file on Unix, under the framework's own names.</summary>
internal static class UnixFileSupport
{
    private const int All = 0xFFF; // 07777

    extension(OperatingSystem)
    {
        public static bool IsWindows() => RuntimeInformation.IsOSPlatform(OSPlatform.Windows);
    }

    extension(File)
    {
        public static FileStream Open(string path, FileStreamOptions options)
        {
            bool isNew = options.Mode == FileMode.CreateNew || FileProbe.Default.Look(path).Kind is SightKind.Missing or SightKind.BrokenLink;
            FileStream file = new(path, options.Mode, options.Access, options.Share, options.BufferSize, options.Options);
            if (isNew && options.UnixCreateMode is UnixFileMode mode)
            {
                UnixNative.Restrict(path, (uint)mode);
            }

            return file;
        }

        // Where the mode cannot be seen (macOS), the file is its user's alone, who may write it unless it is marked.
        public static UnixFileMode GetUnixFileMode(string path) => UnixNative.Stat(path, out StatX seen) == 0
            ? (UnixFileMode)(seen.Mode & All)
            : UnixFileMode.UserRead | (new FileInfo(path).IsReadOnly ? 0 : UnixFileMode.UserWrite);

        public static void SetUnixFileMode(string path, UnixFileMode mode) => UnixNative.Restrict(path, (uint)mode);
    }

    extension(Directory)
    {
        public static DirectoryInfo CreateDirectory(string path, UnixFileMode mode)
        {
            bool isNew = !Directory.Exists(path);
            DirectoryInfo folder = Directory.CreateDirectory(path);
            if (isNew)
            {
                UnixNative.Restrict(folder.FullName, (uint)mode);
            }

            return folder;
        }
    }
}
#endif
