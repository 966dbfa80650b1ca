namespace MediaMagic.Transfer;

/// <summary>A block that storage has.</summary>
/// <param name="Id">The id of the block.</param>
/// <param name="Crc">The CRC64 of its bytes.</param>
internal sealed record SentBlock(string Id, ulong Crc);
