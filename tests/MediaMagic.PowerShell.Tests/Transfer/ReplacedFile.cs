using System;
using System.IO;

namespace MediaMagic.Tests.Transfer;

/// <summary>Replaces files as programs do that write another file and rename it.</summary>
internal static class ReplacedFile
{
    /// <summary>Puts other bytes under the path, with the time of the file before.</summary>
    public static void Put(string path, byte[] bytes)
    {
        DateTime time = File.GetLastWriteTimeUtc(path);
        string fresh = path + ".new";
        File.WriteAllBytes(fresh, bytes);
        File.SetLastWriteTimeUtc(fresh, time);
        File.Move(fresh, path, overwrite: true);
    }
}
