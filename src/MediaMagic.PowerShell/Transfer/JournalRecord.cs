using System;
using MediaMagic.IO;

namespace MediaMagic.Transfer;

/// <summary>The upload that a journal is about, without key or address.</summary>
internal sealed class JournalRecord
{
    private const int CurrentVersion = 2;

    public int Version { get; set; } = CurrentVersion;

    public string? Path { get; set; }

    /// <summary>Gets or sets the name of the upload. Journals of before have none.</summary>
    public string? FileName { get; set; }

    public long Length { get; set; }

    public DateTime LastWriteUtc { get; set; }

    public string? ContentType { get; set; }

    public string? BlobPath { get; set; }

    public long BlockSize { get; set; }

    /// <summary>Returns whether an upload can go on from this one.</summary>
    public bool Fits(FileIdentity file, string contentType, string blobPath, PathIdentity paths) =>
        IsOf(file, paths)
        && ContentType == contentType
        && BlobPath == blobPath
        && BlockSize is > 0 and <= BlockPlan.MaxBlockSize
        && (Length + BlockSize - 1) / BlockSize <= BlockPlan.MaxBlocks;

    /// <summary>Returns whether the record is about the file.</summary>
    public bool IsOf(FileIdentity file, PathIdentity paths) =>
        Version == CurrentVersion && Path is not null && new FileIdentity(Path, Length, LastWriteUtc).IsSame(file, paths);
}
