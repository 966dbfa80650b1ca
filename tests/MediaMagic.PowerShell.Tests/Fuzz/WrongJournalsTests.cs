using System;
using System.IO;
using System.Linq;
using MediaMagic.IO;
using MediaMagic.Tests.Files;
using MediaMagic.Tests.Transfer;
using MediaMagic.Transfer;
using Xunit;

namespace MediaMagic.Tests.Fuzz;

/// <summary>Journals gone wrong: not taken, or such that the blocks of the plan are the file, all of it and no more.</summary>
public sealed class WrongJournalsTests : IDisposable
{
    private const long Length = 1_000_000;

    private static readonly long[] s_sizes =
    [
        0, 1, -1, 19, 20, 8 << 20, 4000L << 20, (4000L << 20) + 1, long.MaxValue, long.MaxValue - Length, long.MaxValue - Length + 1, long.MaxValue / 2, long.MinValue,
    ];

    private readonly TempFolder _folder = new();
    private readonly SourceFile _source;

    public WrongJournalsTests() => _source = SourceFile.Open(_folder.WriteSparse("clip.mp4", [1], Length));

    public void Dispose()
    {
        _source.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("+/ECAwQFBgcICQoLAQAA", 256 + 11, true)]
    [InlineData("+/ECAwQFBgcICQoLAQAA", 11, false)]
    [InlineData("AAECAwQFBgcICQoLAQA", 256 + 11, false)]
    [InlineData("AAECAwQFBgcICQoLAQAAA", 256 + 11, false)]
    [InlineData("AAECAwQFBgcICQoLAQA=", 256 + 11, false)]
    [InlineData("AAECAwQFBg<ICQoLAQAA", 256 + 11, false)]
    [InlineData("A-ECAwQFBgcICQ_LAQAA", 256 + 11, false)]
    [InlineData("AAECAwQFBgcICQ\u00E9LAQAA", 256 + 11, false)]
    [InlineData("", 0, false)]
    public void Only_the_id_of_the_block_is_one(string text, int index, bool isId)
    {
        Assert.Equal(isId, BlockPlan.IsId(text, index));
        Assert.True(BlockPlan.IsId(BlockPlan.IdOf(new byte[BlockPlan.NonceLength], 49_999), 49_999));
    }

    [Fact]
    public void Sizes_that_do_not_fit_are_not_taken() => Turns.Run(2000, random =>
    {
        JournalRecord record = new()
        {
            Path = _source.Identity.Path,
            Length = _source.Length,
            LastWriteUtc = _source.Identity.LastWriteUtc,
            ContentType = "video/mp4",
            BlobPath = "w/clip.mp4",
            BlockSize = random.Next(2) == 0 ? random.Of(s_sizes) : random.NextInt64(long.MinValue, long.MaxValue),
        };
        if (record.Fits(_source.Identity, "video/mp4", "w/clip.mp4", PathIdentity.Linux))
        {
            CheckPlan(new BlockPlan(_source.Length, record.BlockSize));
        }
    });

    [Fact]
    public void Text_gone_wrong_is_read_or_left()
    {
        string state = _folder.At("state");
        UploadJob job = Parts.JobOf(_source, TimeProvider.System, state);
        using (UploadJournal journal = UploadJournal.Open(job, "w/clip.mp4"))
        {
            journal.Sent(1, new SentBlock(BlockPlan.IdOf(new byte[BlockPlan.NonceLength], 1), 2));
            journal.Sent(999, new SentBlock(BlockPlan.IdOf(new byte[BlockPlan.NonceLength], 999), ulong.MaxValue));
        }

        string path = Assert.Single(Directory.GetFiles(state));
        byte[] whole = File.ReadAllBytes(path);
        Turns.Run(200, random =>
        {
            File.WriteAllBytes(path, Mutation.Of(random, whole, whole, "null", "{", "[", "\"", "-1", "1e9", "9223372036854775807", "\"blockSize\":", "\n", " ", "\"version\":1,", "\\ud800"));
            using UploadJournal journal = UploadJournal.Open(job, "w/clip.mp4");
            CheckPlan(journal.Plan);
            Assert.InRange(journal.SentBytes, 0, Length);
            Assert.All(Enumerable.Range(0, journal.Plan.Count), index => Assert.True(journal.BlockAt(index) is not SentBlock block || BlockPlan.IsId(block.Id, index)));
        });
    }

    private static void CheckPlan(BlockPlan plan)
    {
        Assert.InRange(plan.Count, 1, BlockPlan.MaxBlocks);
        Assert.Equal(Length, Enumerable.Range(0, plan.Count).Sum(plan.LengthOf));
        Assert.All(Enumerable.Range(0, plan.Count), index => Assert.True(plan.LengthOf(index) > 0));
    }
}
