using System;
using MediaMagic.IO;

namespace MediaMagic.Transfer;

/// <summary>What tells whether a file is still the one that it was.</summary>
internal readonly record struct FileIdentity(string Path, long Length, DateTime LastWriteUtc)
{
    /// <summary>Returns whether both are one file, whatever the spelling of its path.</summary>
    public bool IsSame(FileIdentity other, PathIdentity paths) => Length == other.Length && LastWriteUtc == other.LastWriteUtc && paths.AreSame(Path, other.Path);
}
