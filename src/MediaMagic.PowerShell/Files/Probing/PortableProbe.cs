using System;
using System.IO;
using System.Runtime.InteropServices;

namespace MediaMagic.Files;

/// <summary>Sees with the framework alone, which knows files and folders but no pipes.</summary>
internal sealed class PortableProbe : FileProbe
{
    private static readonly bool s_isWindows = RuntimeInformation.IsOSPlatform(OSPlatform.Windows);

    protected override Sighting LookAt(string path)
    {
        if (s_isWindows && path.StartsWith(@"\\.\", StringComparison.Ordinal))
        {
            return new(SightKind.Device);
        }

        FileInfo file = new(path);
        FileAttributes attributes = file.Attributes;
        if ((int)attributes == -1)
        {
            return new(SightKind.Missing);
        }

        if ((attributes & FileAttributes.Directory) != 0)
        {
            return new(SightKind.Folder);
        }

        // A link's own length says nothing about its target, and the target may be a pipe.
        return (attributes & FileAttributes.ReparsePoint) != 0 ? Follow(file) : new(SightKind.File, file.Length);
    }

    private static Sighting Follow(FileInfo link)
    {
        if (s_isWindows)
        {
            // Placeholders of cloud drives are links of a kind too, and know their length.
            if (link.Length > 0)
            {
                return new(SightKind.File, link.Length);
            }

            using FileStream stream = FileReading.Open(link.FullName);
            return new(SightKind.File, stream.Length);
        }

        string? target = UnixNative.RealPath(link.FullName);
        return target is null ? new(SightKind.BrokenLink) : new(SightKind.File, new FileInfo(target).Length);
    }
}
