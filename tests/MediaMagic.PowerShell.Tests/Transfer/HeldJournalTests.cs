using System;
using System.IO;
using System.Linq;
using System.Reflection;
using MediaMagic.Tests.Files;
using MediaMagic.Transfer;
using Xunit;

namespace MediaMagic.Tests.Transfer;

/// <summary>The journal of an upload, whose file another program holds for a while.</summary>
public sealed class HeldJournalTests : IDisposable
{
    private const int Length = 4500;
    private readonly TempFolder _folder = new();
    private readonly SourceFile _source;

    public HeldJournalTests() => _source = SourceFile.Open(_folder.Write("clip.mp4", new byte[Length]));

    private string State => _folder.At("state");

    private string File => Assert.Single(Directory.GetFiles(State));

    [Fact]
    public void Sent_adds_to_the_blocks_of_a_journal_that_was_held_when_the_upload_began()
    {
        Interrupt(0, 1);
        using (UploadJournal journal = BeginHeld(() => { }))
        {
            Assert.Equal(1000, journal.SentBytes);
            Send(journal, 3);
        }

        AssertSent(0, 1, 2, 3);
    }

    [Fact]
    public void Sent_writes_all_blocks_again_when_a_block_could_not_be_written()
    {
        using (UploadJournal journal = Open())
        {
            Send(journal, 0);

            // As a fault of writing does.
            ((JournalFile)typeof(UploadJournal).GetField("_file", BindingFlags.NonPublic | BindingFlags.Instance)!.GetValue(journal)!).Close();
            using (Hold())
            {
                Send(journal, 1);
            }

            Send(journal, 2);
        }

        AssertSent(0, 1, 2);
    }

    [Fact]
    public void Clear_forgets_the_blocks_of_a_journal_that_is_held()
    {
        Interrupt(0, 1);
        UploadJournal? begun = null;
        using (UploadJournal journal = BeginHeld(() => begun!.Clear(), made => begun = made))
        {
            Send(journal, 3);
        }

        AssertSent(3);
    }

    [Fact]
    public void Sent_keeps_a_journal_by_another_plan_until_this_upload_has_sent_more()
    {
        Interrupt(0, 1);
        using (UploadJournal journal = BeginHeld(() => { }, blockSize: 500))
        {
            Send(journal, 0);
            AssertBlockSize(1000);
            Send(journal, 1);
            Send(journal, 3);
            Send(journal, 4);
        }

        AssertBlockSize(500);

        using UploadJournal later = Open(500);
        Assert.Equal(2500, later.SentBytes);
    }

    [Fact]
    public void Delete_removes_a_journal_that_was_held_when_the_upload_began()
    {
        Interrupt(0);
        using UploadJournal journal = BeginHeld(() => { }, block: null);
        journal.Delete();
        Assert.Empty(Directory.GetFiles(State));
        Send(journal, 1);
        Assert.Empty(Directory.GetFiles(State));
    }

    public void Dispose()
    {
        _source.Dispose();
        _folder.Dispose();
    }

    private static void Send(UploadJournal journal, int index) => journal.Sent(index, new SentBlock(BlockPlan.IdOf(new byte[BlockPlan.NonceLength], index), (ulong)index));

    private FileStream Hold() => new(File, FileMode.Open, FileAccess.ReadWrite, FileShare.None);

    private void Interrupt(params int[] blocks)
    {
        using UploadJournal journal = Open();
        Array.ForEach(blocks, index => Send(journal, index));
    }

    // Begins an upload and sends a block while another program holds the journal.
    private UploadJournal BeginHeld(Action whileHeld, Action<UploadJournal>? begun = null, int? block = 2, long blockSize = 1000)
    {
        using FileStream held = Hold();
        UploadJournal journal = Open(blockSize);
        begun?.Invoke(journal);
        if (block is int index)
        {
            Send(journal, index);
        }

        whileHeld();
        return journal;
    }

    private void AssertSent(params int[] blocks)
    {
        using UploadJournal later = Open();
        Assert.Equal(blocks, Enumerable.Range(0, later.Plan.Count).Where(index => later.BlockAt(index)?.Crc == (ulong)index));
    }

    private void AssertBlockSize(long blockSize) =>
        Assert.Contains($":{blockSize}", System.IO.File.ReadLines(File).First(), StringComparison.Ordinal);

    private UploadJournal Open(long blockSize = 1000)
    {
        UploadJob job = Parts.JobOf(_source, TimeProvider.System, State);
        job.Request.BlockSizeBytes = blockSize;
        return UploadJournal.Open(job, "w/clip.mp4");
    }
}
