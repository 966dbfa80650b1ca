using System;
using System.IO;
using System.Runtime.Versioning;
using System.Threading.Tasks;
using MediaMagic.Bulk;
using MediaMagic.Client;
using MediaMagic.Tests.Files;
using MediaMagic.Tests.Transfer;
using MediaMagic.Transfer;
using Xunit;

namespace MediaMagic.Tests.Security;

/// <summary>The files that the module makes by itself: nobody but their user reads them, and nobody's link leads them astray.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class OwnFilesTests : IDisposable
{
    private const UnixFileMode Mine = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Everybodys = Mine | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [UnixFact]
    public void A_log_is_made_for_its_user_alone_and_one_that_is_there_keeps_its_rights()
    {
        AssertMade(LogTo(_folder.At("new.jsonl")), Mine);
        string shared = _folder.Write("shared.jsonl", []);
        File.SetUnixFileMode(shared, Everybodys);
        AssertMade(LogTo(shared), Everybodys);
        Assert.NotEmpty(File.ReadAllText(shared));
    }

    [UnixFact]
    public async Task A_ledger_and_what_is_beside_it_are_made_for_their_user_alone()
    {
        string path = _folder.At("ledger.db");
        LedgerDialect dialect = LedgerDialect.Of(LedgerAddress.Parse(path));
        using RunLedger ledger = await RunLedger.OpenAsync(dialect, TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(5), TimeProvider.System, null, default);
        foreach (string file in Directory.GetFiles(_folder.Path))
        {
            AssertMade(file, Mine);
        }

        Assert.Contains(path, Directory.GetFiles(_folder.Path));
        await ledger.CloseAsync();
    }

    [UnixFact]
    public void A_log_behind_a_link_to_nothing_is_made_for_its_user_alone()
    {
        string link = _folder.At("link.jsonl");
        File.CreateSymbolicLink(link, _folder.At("log.jsonl"));
        LogTo(link);
        AssertMade(_folder.At("log.jsonl"), Mine);
    }

    [UnixFact]
    public async Task A_ledger_behind_a_link_to_nothing_is_made_for_its_user_alone()
    {
        string link = _folder.At("link.db");
        File.CreateSymbolicLink(link, _folder.At("ledger.db"));
        LedgerDialect dialect = LedgerDialect.Of(LedgerAddress.Parse(link));
        using RunLedger ledger = await RunLedger.OpenAsync(dialect, TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(5), TimeProvider.System, null, default);
        AssertMade(_folder.At("ledger.db"), Mine);
        AssertMade(_folder.At("ledger.db-wal"), Mine);
        await ledger.CloseAsync();
    }

    [UnixFact]
    public void A_journal_and_its_folder_are_made_for_their_user_alone()
    {
        using SourceFile source = SourceFile.Open(_folder.Write("clip.mp4", new byte[5000]));
        string state = _folder.At("state");
        using UploadJournal journal = UploadJournal.Open(Parts.JobOf(source, TimeProvider.System, state), "w/clip.mp4");
        Assert.Equal(Mine | UnixFileMode.UserExecute, File.GetUnixFileMode(state));
        AssertMade(Assert.Single(Directory.GetFiles(state)), Mine);
    }

    [UnixFact]
    public void A_journal_is_not_written_through_a_link() => AssertNotFollowed(isDangling: false);

    [UnixFact]
    public void A_journal_is_not_written_through_a_link_to_nothing() => AssertNotFollowed(isDangling: true);

    [UnixFact]
    public void A_pipe_in_the_place_of_a_journal_does_not_fail_the_upload()
    {
        using SourceFile source = SourceFile.Open(_folder.Write("clip.mp4", new byte[5000]));
        UploadJob job = Parts.JobOf(source, TimeProvider.System, _folder.At("state"));
        UploadJournal.Open(job, "w/clip.mp4").Dispose();
        string path = Assert.Single(Directory.GetFiles(_folder.At("state")));
        File.Delete(path);
        Assert.Equal(0, UnixCalls.MakePipe(path, 0x180));
        using UploadJournal journal = UploadJournal.Open(job, "w/clip.mp4");
        journal.Sent(1, new SentBlock(BlockPlan.IdOf(new byte[BlockPlan.NonceLength], 1), 2));
        Assert.NotNull(journal.BlockAt(1));
    }

    private void AssertNotFollowed(bool isDangling)
    {
        using SourceFile source = SourceFile.Open(_folder.Write("clip.mp4", new byte[5000]));
        string state = _folder.At("state");
        string victim = isDangling ? _folder.At("victim.txt") : _folder.Write("victim.txt", "keep me"u8.ToArray());
        UploadJob job = Parts.JobOf(source, TimeProvider.System, state);
        UploadJournal.Open(job, "w/clip.mp4").Dispose();
        string path = Assert.Single(Directory.GetFiles(state));
        File.Delete(path);
        File.CreateSymbolicLink(path, victim);
        using UploadJournal journal = UploadJournal.Open(job, "w/clip.mp4");
        journal.Sent(1, new SentBlock(BlockPlan.IdOf(new byte[BlockPlan.NonceLength], 1), 2));
        Assert.Equal(isDangling ? null : "keep me", File.Exists(victim) ? File.ReadAllText(victim) : null);
        Assert.Null(new FileInfo(path).LinkTarget);
        Assert.True(new FileInfo(path).Length > 0);
    }

    private static string LogTo(string path)
    {
        FakeClock clock = new();
        using MediaMagicClient client = TestClient.With(new Answers().Status(200, """{"submissionId":"s1"}"""), clock, options => options.LogPath = path);
        clock.Run(() => client.Submissions.GetAsync("s1"));
        return path;
    }

    private static void AssertMade(string path, UnixFileMode rights) => Assert.Equal(rights, File.GetUnixFileMode(path));
}
