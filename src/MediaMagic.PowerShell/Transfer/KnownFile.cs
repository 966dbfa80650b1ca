using System;
using System.IO;
using System.Threading;

namespace MediaMagic.Transfer;

/// <summary>A file as a session uploaded it or is about to, with the MD5 and the SHA-256 of its content if they are known.</summary>
internal sealed record KnownFile(FileIdentity Identity, byte[]? Md5 = null, string? Hash = null)
{
    /// <summary>Returns whether both files have the same name and length.</summary>
    public bool IsLike(KnownFile other) => Identity.Length == other.Identity.Length && Path.GetFileName(Identity.Path) == Path.GetFileName(other.Identity.Path);

    /// <summary>Returns whether both hold the same, as far as that is known.</summary>
    public bool IsSame(KnownFile other) =>
        Hash is not null && other.Hash is not null ? Hash == other.Hash
        : Md5 is not null && other.Md5 is not null ? Md5.AsSpan().SequenceEqual(other.Md5)
        : Identity == other.Identity;

    /// <summary>Reads the file for what is missing to compare it with the other one.</summary>
    public KnownFile ReadFor(KnownFile other, CancellationToken stop)
    {
        if (Identity == other.Identity || (Md5 is not null && other.Md5 is not null) || (Hash is not null && other.Hash is not null))
        {
            return this;
        }

        try
        {
            return other.Md5 is not null ? this with { Md5 = ReadMd5(stop) }
                : other.Hash is not null ? this with { Hash = ContentHash.Of(Identity.Path, stop).Hash }
                : this;
        }
        catch (MediaMagicException)
        {
            // The upload reports why the file cannot be read.
            return this;
        }
    }

    private byte[] ReadMd5(CancellationToken stop)
    {
        using SourceFile source = SourceFile.Open(Identity.Path);
        return PartHash.Compute(source, 0, source.Length, stop);
    }
}
