using System;

namespace MediaMagic.Transfer;

/// <summary>Whether an upload can be taken up from a journal.</summary>
internal static class JournalRules
{
    // Storage throws blocks away that nobody lists for a week.
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(6);

    public static bool Fits(JournalRecord record, int version, FileIdentity file, string contentType, DateTimeOffset now) =>
        record.Version == version
        && now - record.SavedAt < s_longest
        && record.Path == file.Path
        && record.Length == file.Length
        && record.LastWriteUtc == file.LastWriteUtc
        && record.ContentType == contentType
        && !string.IsNullOrEmpty(record.BlobPath)
        && record.BlockSize is > 0 and <= BlockPlan.LargestBlockSize
        && record.Blocks is { Length: > 0 and <= BlockPlan.MostBlocks } blocks
        && blocks.Length == (file.Length + record.BlockSize - 1) / record.BlockSize
        && NonceOf(record) is not null;

    /// <summary>What the block ids begin with; null when it is none.</summary>
    public static byte[]? NonceOf(JournalRecord record)
    {
        try
        {
            byte[] nonce = Convert.FromBase64String(record.Nonce ?? string.Empty);
            return nonce.Length == BlockPlan.NonceLength ? nonce : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
