using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Tests.Files;
using MediaMagic.Transfer;
using Xunit;

namespace MediaMagic.Tests.Transfer;

/// <summary>The journals of interrupted uploads.</summary>
public sealed class UploadJournalTests : IDisposable
{
    private const int Length = 4500;
    private const int Blocks = 5;
    private const string BlobPath = "w/clip.mp4";
    private static readonly TimeSpan s_week = TimeSpan.FromDays(7);

    private readonly TempFolder _folder = new();
    private readonly SourceFile _source;

    public UploadJournalTests() => _source = SourceFile.Open(_folder.Write("clip.mp4", new byte[Length]));

    private string State => _folder.At("state");

    [Fact]
    public void Open_goes_on_with_what_a_journal_before_noted()
    {
        using (UploadJournal journal = Open())
        {
            Assert.Equal((Blocks, 0L), (journal.Plan.Count, journal.SentBytes));
            journal.Sent(4, new SentBlock(Id(4), ulong.MaxValue));
            journal.Sent(0, new SentBlock(Id(0), 1));
        }

        using UploadJournal later = Open();
        Assert.Equal([1, null, null, null, ulong.MaxValue], CrcsOf(later));
        Assert.Equal((new SentBlock(Id(0), 1), 1500L), (later.BlockAt(0), later.SentBytes));
    }

    [Fact]
    public void Open_starts_over_on_request_and_for_another_upload()
    {
        AssertStartsOver(() => Open(startOver: true));
        AssertStartsOver(() => Open(BlobPath + "2"));
        using SourceFile longer = SourceFile.Open(_folder.Write("clip.mp4", new byte[Length + 1]));
        AssertStartsOver(() => UploadJournal.Open(Parts.JobOf(longer, TimeProvider.System, State), BlobPath));
    }

    [Fact]
    public void Open_ignores_a_last_line_that_is_cut_and_loses_no_line_that_follows()
    {
        using (UploadJournal journal = Open())
        {
            journal.Sent(1, new SentBlock(Id(1), 0x1111111111111111));
            journal.Sent(2, new SentBlock(Id(2), 0x2222222222222222));
        }

        string path = Assert.Single(Directory.GetFiles(State));
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^16]);
        using (UploadJournal journal = Open())
        {
            Assert.Equal([null, 0x1111111111111111, null, null, null], CrcsOf(journal));
            journal.Sent(3, new SentBlock(Id(3), 0x3333333333333333));
        }

        using UploadJournal later = Open();
        Assert.Equal([null, 0x1111111111111111, null, 0x3333333333333333, null], CrcsOf(later));
    }

    [Fact]
    public void Clear_forgets_all_blocks()
    {
        using (UploadJournal journal = Open())
        {
            journal.Sent(1, new SentBlock(Id(1), 1));
            journal.Clear();
            Assert.Equal(0, journal.SentBytes);
            journal.Sent(2, new SentBlock(Id(2), 2));
        }

        using UploadJournal later = Open();
        Assert.Equal([null, null, 2, null, null], CrcsOf(later));
    }

    [Fact]
    public void Delete_removes_the_file()
    {
        using UploadJournal journal = Open();
        Assert.Single(Directory.GetFiles(State));
        journal.Delete();
        Assert.Empty(Directory.GetFiles(State));
        journal.Sent(1, new SentBlock(Id(1), 1));
        Assert.Empty(Directory.GetFiles(State));
    }

    [Fact]
    public void Open_keeps_a_journal_that_another_upload_holds_in_memory_alone()
    {
        using UploadJournal journal = Open();
        journal.Sent(1, new SentBlock(Id(1), 1));
        using (UploadJournal other = Open())
        {
            Assert.Equal(0, other.SentBytes);
            other.Sent(2, new SentBlock(Id(2), 2));
            Assert.Equal(2UL, other.BlockAt(2)?.Crc);
            other.Delete();
        }

        Assert.Single(Directory.GetFiles(State));
        journal.Dispose();
        using UploadJournal later = Open();
        Assert.Equal([null, 1, null, null, null], CrcsOf(later));
    }

    [Fact]
    public void Open_removes_journals_after_seven_days_and_nothing_else()
    {
        Open().Dispose();
        string own = Assert.Single(Directory.GetFiles(State));
        string old = Age(Path.Combine(State, "upload-0.journal"), s_week + TimeSpan.FromMinutes(1));
        string young = Age(Path.Combine(State, "upload-1.journal"), s_week - TimeSpan.FromMinutes(1));
        string foreign = Age(Path.Combine(State, "history.jsonl"), 2 * s_week);
        Open().Dispose();
        Assert.Equal(new[] { own, young, foreign }.Order(), Directory.GetFiles(State).Order());
        using (UploadJournal journal = Open())
        {
            journal.Sent(1, new SentBlock(Id(1), 1));
        }

        File.SetLastWriteTimeUtc(own, DateTime.UtcNow - s_week - TimeSpan.FromMinutes(1));
        using UploadJournal later = Open();
        Assert.Equal(0, later.SentBytes);
        Assert.False(File.Exists(old));
    }

    [Fact]
    public void Open_needs_no_folder_that_can_be_used()
    {
        foreach (string? folder in new[] { null, _folder.At("clip.mp4"), Path.Combine(_folder.At("clip.mp4"), "state"), "\0" })
        {
            using UploadJournal journal = UploadJournal.Open(Parts.JobOf(_source, TimeProvider.System, folder), BlobPath);
            journal.Sent(1, new SentBlock(Id(1), 1));
            Assert.Equal(1000, journal.SentBytes);
        }
    }

    [Fact]
    public async Task Open_never_fails_while_uploads_open_and_delete_a_journal()
    {
        await Task.WhenAll(Task.Run(Contend), Task.Run(Contend), Task.Run(Contend));

        void Contend()
        {
            for (int turn = 0; turn < 1000; turn++)
            {
                using UploadJournal journal = Open();
                ulong mark = (ulong)(Environment.CurrentManagedThreadId * 1000) + (ulong)turn;
                journal.Sent(turn % Blocks, new SentBlock(Id(turn % Blocks), mark));
                Assert.Equal(mark, journal.BlockAt(turn % Blocks)?.Crc);
                if (turn % 3 == 0)
                {
                    journal.Delete();
                }
            }
        }
    }

    [Fact]
    public async Task Only_one_of_two_uploads_that_begin_at_once_has_the_journal()
    {
        FieldInfo file = typeof(UploadJournal).GetField("_file", BindingFlags.NonPublic | BindingFlags.Instance)!;
        UploadJournal[] journals = new UploadJournal[2];
        using Barrier barrier = new(2);
        for (int turn = 0; turn < 300; turn++)
        {
            await Task.WhenAll(Begin(0), Begin(1));
            Assert.Single(journals, journal => file.GetValue(journal) is JournalFile { IsOpen: true });
            Array.ForEach(journals, static journal => journal.Delete());
        }

        Task Begin(int index) => Task.Run(() =>
        {
            barrier.SignalAndWait();
            journals[index] = Open();
        });
    }

    public void Dispose()
    {
        _source.Dispose();
        _folder.Dispose();
    }

    private static string Id(int index) => BlockPlan.IdOf(new byte[BlockPlan.NonceLength], index);

    private static ulong?[] CrcsOf(UploadJournal journal) => [.. Enumerable.Range(0, journal.Plan.Count).Select(index => journal.BlockAt(index)?.Crc)];

    private static string Age(string path, TimeSpan age)
    {
        File.WriteAllText(path, "{}");
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow - age);
        return path;
    }

    private void AssertStartsOver(Func<UploadJournal> open)
    {
        using (UploadJournal journal = Open(startOver: true))
        {
            journal.Sent(1, new SentBlock(Id(1), 1));
        }

        using UploadJournal later = open();
        Assert.Equal(0, later.SentBytes);
    }

    private UploadJournal Open(string blobPath = BlobPath, bool startOver = false) =>
        UploadJournal.Open(Parts.JobOf(_source, TimeProvider.System, State, startOver), blobPath);
}
