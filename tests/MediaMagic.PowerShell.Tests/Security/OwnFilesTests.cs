using System;
using System.IO;
using System.Runtime.Versioning;
using System.Threading.Tasks;
using MediaMagic.Bulk;
using MediaMagic.Client;
using MediaMagic.Tests.Files;
using MediaMagic.Transfer;
using Xunit;

namespace MediaMagic.Tests.Security;

/// <summary>The files that the module makes by itself: nobody but their user reads them, and nobody's link leads them astray.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class OwnFilesTests : IDisposable
{
    private const UnixFileMode Mine = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Everybodys = Mine | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private static readonly FileIdentity s_file = new("/data/clip.mp4", 1, DateTime.UnixEpoch);
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
    public async Task A_journal_and_its_folder_are_made_for_their_user_alone()
    {
        string state = _folder.At("state");
        using UploadJournal journal = UploadJournal.Open(state, "owner", "clip.mp4", s_file, TimeProvider.System)!;
        await journal.SaveAsync(static () => new JournalRecord(), default);
        Assert.Equal(Mine | UnixFileMode.UserExecute, File.GetUnixFileMode(state));
        AssertMade(Assert.Single(Directory.GetFiles(state, "*.json")), Mine);
    }

    [UnixFact]
    public async Task A_journal_is_not_written_through_a_link()
    {
        string state = _folder.At("state");
        string victim = _folder.Write("victim.txt", "keep me"u8.ToArray());
        using UploadJournal journal = UploadJournal.Open(state, "owner", "clip.mp4", s_file, TimeProvider.System)!;
        await journal.SaveAsync(static () => new JournalRecord(), default);
        string path = Assert.Single(Directory.GetFiles(state, "*.json"));
        File.Delete(path);
        File.CreateSymbolicLink(path, victim);
        File.CreateSymbolicLink(path + ".new", victim);
        await journal.SaveAsync(static () => new JournalRecord(), default);
        Assert.Equal("keep me", File.ReadAllText(victim));
        Assert.Null(new FileInfo(path).LinkTarget);
        Assert.Contains("\"version\":1", File.ReadAllText(path), StringComparison.Ordinal);
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
