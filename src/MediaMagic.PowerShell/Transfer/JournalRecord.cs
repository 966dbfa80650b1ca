using System;

namespace MediaMagic.Transfer;

/// <summary>The upload that a journal is about, without key or address.</summary>
internal sealed class JournalRecord
{
    private const int CurrentVersion = 2;

    public int Version { get; set; } = CurrentVersion;

    public string? Path { get; set; }

    public long Length { get; set; }

    public DateTime LastWriteUtc { get; set; }

    public string? ContentType { get; set; }

    public string? BlobPath { get; set; }

    public long BlockSize { get; set; }

    /// <summary>Returns whether an upload can go on from this one.</summary>
    public bool Fits(FileIdentity file, string contentType, string blobPath) =>
        Version == CurrentVersion
        && Path == file.Path
        && Length == file.Length
        && LastWriteUtc == file.LastWriteUtc
        && ContentType == contentType
        && BlobPath == blobPath
        && BlockSize is > 0 and <= BlockPlan.MaxBlockSize
        && (Length + BlockSize - 1) / BlockSize <= BlockPlan.MaxBlocks;
}
