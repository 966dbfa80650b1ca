namespace MediaMagic.Transfer;

/// <summary>What identifies the content of a file, and what an upload of it is compared with.</summary>
/// <param name="Hash">The SHA-256.</param>
/// <param name="Identity">The file as it was when it was read.</param>
/// <param name="Sums">The CRC64 of each 4 MiB.</param>
internal sealed record ContentDigest(string Hash, FileIdentity Identity, ulong[] Sums);
