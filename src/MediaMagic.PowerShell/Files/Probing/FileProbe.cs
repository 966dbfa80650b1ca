using System;
using System.IO;
using System.Runtime.InteropServices;

namespace MediaMagic.Files;

/// <summary>Sees what stands at a path. It never opens anything, since opening a pipe waits for its other end.</summary>
internal abstract class FileProbe
{
    /// <summary>The best probe for this machine.</summary>
    public static FileProbe Default { get; } = RuntimeInformation.IsOSPlatform(OSPlatform.Linux) ? new LinuxProbe() : new PortableProbe();

    /// <summary>Gets a value indicating whether a pipe is seen as one. Windows has none among its files.</summary>
    public virtual bool CanSeePipes => RuntimeInformation.IsOSPlatform(OSPlatform.Windows);

    /// <summary>Returns whether the error is one of Windows for a server, share or network that is not there or no longer answers.</summary>
    public static bool IsUnreachable(IOException error) => (uint)error.HResult >> 16 == 0x8007
        && (error.HResult & 0xFFFF) is (>= 51 and <= 59) or 64 or 67 or 121 or 1203 or 1208 or 1222 or 1225 or (>= 1231 and <= 1234) or 1236;

    /// <summary>Looks; bad paths are an answer and not an exception.</summary>
    public Sighting Look(string path)
    {
        // The platform's calls would stop at the NUL and see another file.
        if (path.Length == 0 || path.Contains('\0'))
        {
            return new(SightKind.BadPath);
        }

        try
        {
            return LookAt(path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return new(SightKind.Missing);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException or PathTooLongException)
        {
            return new(SightKind.BadPath);
        }
        catch (IOException error) when (IsUnreachable(error))
        {
            return new(SightKind.Unreachable);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or System.Security.SecurityException)
        {
            return new(SightKind.Denied);
        }
    }

    protected abstract Sighting LookAt(string path);
}
