using System.IO;
using System.Runtime.InteropServices;

namespace MediaMagic.Files;

/// <summary>Where a path leads when links are followed.</summary>
internal static class LinkTarget
{
    private static readonly bool s_isWindows = RuntimeInformation.IsOSPlatform(OSPlatform.Windows);

    /// <summary>The file that is there, or that would be made; the path itself where it is no link.</summary>
    public static string Of(string path)
    {
        if (!s_isWindows && UnixNative.RealPath(path) is string real)
        {
            return real;
        }

        return new FileInfo(path).Attributes is var seen && (int)seen != -1 && (seen & FileAttributes.ReparsePoint) != 0
            ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path
            : path;
    }
}
