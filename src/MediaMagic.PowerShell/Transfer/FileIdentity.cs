using System;

namespace MediaMagic.Transfer;

/// <summary>What tells whether a file is still the one that it was.</summary>
internal readonly record struct FileIdentity(string Path, long Length, DateTime LastWriteUtc);
