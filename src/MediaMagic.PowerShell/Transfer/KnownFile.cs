using System.Threading;
using MediaMagic.IO;

namespace MediaMagic.Transfer;

/// <summary>A file as a session uploaded it or is about to, with the SHA-256 and the CRC64 of its content as far as these are known.</summary>
internal sealed record KnownFile(FileIdentity Identity, string? Hash = null, ulong? Crc = null)
{
    /// <summary>Returns whether both files have the same name and length.</summary>
    public bool IsLike(KnownFile other, PathIdentity paths) => Identity.Length == other.Identity.Length && paths.AreNamesSame(Identity.Path, other.Identity.Path);

    /// <summary>Returns whether both hold the same, as far as that is known.</summary>
    public bool IsSame(KnownFile other, PathIdentity paths) => Hash is not null && other.Hash is not null ? Hash == other.Hash
        : Crc is not null && other.Crc is not null ? Crc == other.Crc && Identity.Length == other.Identity.Length
        : Identity.IsSame(other.Identity, paths);

    /// <summary>Reads the file if its content has to be known to compare it with the other one.</summary>
    public KnownFile ReadFor(KnownFile other, PathIdentity paths, CancellationToken stop)
    {
        if ((Hash is not null && other.Hash is not null) || (Crc is not null && other.Crc is not null) || (other.Hash is null && other.Crc is null) || Identity.IsSame(other.Identity, paths))
        {
            return this;
        }

        try
        {
            ContentDigest digest = ContentDigest.Of(Identity.Path, stop);
            return this with { Hash = digest.Hash, Crc = digest.Crc };
        }
        catch (MediaMagicException)
        {
            // The upload reports why the file cannot be read.
            return this;
        }
    }
}
