using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using MediaMagic.Tests.Files;
using MediaMagic.Transfer;
using Xunit;

namespace MediaMagic.Tests.Fuzz;

/// <summary>Journals gone wrong: not taken, or such that the blocks of the plan are the file, all of it and no more.</summary>
public sealed class WrongJournalsTests : IDisposable
{
    private const string Type = "video/mp4";
    private static readonly DateTimeOffset s_now = new(2026, 6, 3, 12, 0, 0, TimeSpan.Zero);
    private static readonly FileIdentity s_file = new("/data/clip.mp4", 100L * 1024 * 1024, s_now.UtcDateTime);
    private static readonly byte[] s_text = JsonSerializer.SerializeToUtf8Bytes(Record(8L * 1024 * 1024, 13), JournalJson.Default.JournalRecord);

    private static readonly long[] s_sizes =
    [
        0, 1, -1, 8 << 20, 100L << 20, (100L << 20) - 1, 4000L << 20, (4000L << 20) + 1, long.MaxValue, long.MaxValue - (100L << 20), long.MaxValue - (100L << 20) + 1, long.MaxValue / 2, long.MinValue,
    ];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Sizes_and_counts_that_do_not_fit_are_not_taken() => Turns.Run(2000, static random =>
    {
        long size = random.Next(2) == 0 ? random.Of(s_sizes) : random.NextInt64(long.MinValue, long.MaxValue);
        JournalRecord record = Record(size, random.Of(0, 1, 2, 13, 26));
        if (JournalRules.Fits(record, 1, s_file, Type, s_now))
        {
            CheckPlan(record);
        }
    });

    [Fact]
    public async Task Text_gone_wrong_is_read_or_left()
    {
        using UploadJournal journal = UploadJournal.Open(_folder.Path, "owner", "clip.mp4", s_file, TimeProvider.System)!;
        await journal.SaveAsync(static () => Record(8L * 1024 * 1024, 13), default);
        string path = Directory.GetFiles(_folder.Path, "*.json").Single();
        Turns.Run(100, random =>
        {
            byte[] text = Mutation.Of(random, s_text, s_text, "null", "{", "[", "\"", "-1", "1e9", "9223372036854775807", "\"blockSize\":", "\"blocks\":[]", "\"version\":1,", "\\ud800");
            File.WriteAllBytes(path, text);
            if (journal.Read(s_file, Type) is JournalRecord record)
            {
                CheckPlan(record);
            }
        });
    }

    private static JournalRecord Record(long blockSize, int blocks) => new()
    {
        Version = 1,
        SavedAt = s_now,
        Path = s_file.Path,
        Length = s_file.Length,
        LastWriteUtc = s_file.LastWriteUtc,
        ContentType = Type,
        BlobPath = "w/clip.mp4",
        BlockSize = blockSize,
        Nonce = Convert.ToBase64String(Encoding.ASCII.GetBytes("01234567890")),
        Blocks = new string?[blocks],
    };

    private static void CheckPlan(JournalRecord record)
    {
        BlockPlan plan = new(s_file.Length, record.BlockSize, JournalRules.NonceOf(record)!);
        Assert.InRange(plan.Count, 1, BlockPlan.MostBlocks);
        Assert.Equal(plan.Count, record.Blocks!.Length);
        Assert.Equal(s_file.Length, Enumerable.Range(0, plan.Count).Sum(plan.LengthOf));
        Assert.All(Enumerable.Range(0, plan.Count), index => Assert.True(plan.LengthOf(index) > 0));
    }
}
