using System.IO;

namespace MediaMagic.Files;

/// <summary>The one way in which a file is opened for a check.</summary>
internal static class FileReading
{
    /// <summary>Opens without a buffer of its own, and beside whoever has the file open and allows readers.</summary>
    public static FileStream Open(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
}
