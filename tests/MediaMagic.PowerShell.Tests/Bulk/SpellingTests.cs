using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using MediaMagic.Bulk;
using MediaMagic.Client;
using MediaMagic.IO;
using MediaMagic.Tests.Files;
using MediaMagic.Tests.IO;
using MediaMagic.Transfer;
using Xunit;

namespace MediaMagic.Tests.Bulk;

/// <summary>One file under several spellings of its name, in bulk runs and their ledgers.</summary>
public sealed class SpellingTests(PostgresServer postgres) : BulkTest(postgres)
{
    private const string Version3 =
        """
        create table mediamagic_ledger (version bigint not null);
        insert into mediamagic_ledger (version) values (3);
        create table mediamagic_assets (
            workspace text not null, hash text not null, name text not null, size bigint not null, path text not null, upload_name text not null, folded_name text not null,
            state text not null, owner text not null, lease_until bigint not null, attempts integer not null, sending integer not null, delivery integer not null,
            blob_path text, checksums text, submission_id text, asset_id text, status text, note text, error_system text, error_status integer not null,
            error_code text, error_message text, error_concern integer not null, created_at bigint not null, updated_at bigint not null,
            primary key (hash, name, workspace), unique (folded_name, workspace), unique (blob_path, workspace));
        create table mediamagic_keys (key_hash text not null primary key, workspace text not null);
        create index mediamagic_assets_leased on mediamagic_assets (owner) where lease_until > 0;
        """;

    private static readonly string[] s_spellings = ["clip.txt", "CLIP.TXT", "Clip.txt", "cLIP.tXT"];

    [Theory, SqliteData, PostgresData]
    public async Task A_ledger_submits_a_file_once_under_all_cases_of_its_name(Engine engine)
    {
        string ledger = NewLedger(engine);
        string[] files = Spell();
        List<SubmitResult> results = await RunAsync(ledger, files.Take(2), client: NewClient(PathIdentity.Windows));
        Assert.Equal([SubmitState.Skipped, SubmitState.Submitted], results.Select(static result => result.State!).Order());
        foreach (string file in files)
        {
            SubmitResult result = Assert.Single(await RunAsync(ledger, [file], client: NewClient(PathIdentity.Windows)));
            Assert.Equal((SubmitState.Skipped, file), (result.State, result.Path));
        }

        AssertOnce(1);
        Assert.Single(await ReadAsync(ledger));
    }

    [Fact]
    public async Task A_session_without_a_ledger_submits_a_file_once_under_all_cases_of_its_name()
    {
        MediaMagicClient client = NewClient(PathIdentity.Windows.With(static (_, _) => true));
        foreach (string file in Spell())
        {
            await RunAsync(null, [file], client: client);
        }

        AssertOnce(1);
    }

    [Theory, SqliteData, PostgresData]
    public async Task Files_of_a_folder_in_which_case_counts_are_all_submitted(Engine engine)
    {
        string ledger = NewLedger(engine);
        string[] files = [Add("clip.txt", "one"), Add("CLIP.TXT", "one")];
        await RunAsync(ledger, files, client: NewClient(PathIdentity.Windows));
        await RunAsync(ledger, files, client: NewClient(PathIdentity.Windows));
        AssertOnce(2);
    }

    [Theory, SqliteData, PostgresData]
    public async Task One_run_submits_a_file_once_from_folders_with_and_without_case(Engine engine)
    {
        string ledger = NewLedger(engine);
        string[] files = [Add("plain/clip.txt", "one"), Add("exact/CLIP.TXT", "one")];
        PathIdentity windows = PathIdentity.Windows.With(static (path, _) => path.Contains("plain", System.StringComparison.OrdinalIgnoreCase));
        List<SubmitResult> results = await RunAsync(ledger, files, client: NewClient(windows));
        Assert.Equal([SubmitState.Skipped, SubmitState.Submitted], results.Select(static result => result.State!).Order());
        AssertOnce(1);
    }

    [Theory, SqliteData, PostgresData]
    public async Task A_ledger_of_version_3_recognises_its_rows_under_another_case(Engine engine)
    {
        string ledger = NewLedger(engine);
        await TestLedger.ExecuteAsync(
            ledger,
            Version3
                + Old(1, "Clip.txt", @"C:\Data\Clip.txt", "Claimed", 0, "null", 9) + Old(1, "clip.TXT", @"C:\Data\clip.TXT", "Submitted", 3, "'s1'", 1)
                + Old(2, "b.txt", @"\\server\share\b.txt", "Submitted", 3, "'s2'", 1)
                + Old(3, "c.txt", "/files/c.txt", "Submitted", 3, "'s3'", 1));
        Assert.Equal(4, (await ReadAsync(ledger)).Count);
        RunLedger run = await TestLedger.OpenAsync(ledger);
        foreach (string name in new[] { "Clip.txt", "clip.TXT", "CLIP.TXT" })
        {
            LedgerClaim claim = await run.ClaimAsync(NewFile(1, name, NameRules.Windows), retryFailed: true);
            Assert.Equal((false, LedgerState.Submitted, "s1"), (claim.Won, claim.Row.State, claim.Row.SubmissionId));
        }

        Assert.Equal("s2", (await run.ClaimAsync(NewFile(2, "B.TXT", NameRules.Windows), retryFailed: true)).Row.SubmissionId);
        Assert.Equal("s3", (await run.ClaimAsync(NewFile(3, "c.txt", NameRules.Windows), retryFailed: true)).Row.SubmissionId);
        Assert.True((await run.ClaimAsync(NewFile(3, "C.txt", NameRules.Exact), retryFailed: true)).Won);
        await TestLedger.CloseAsync(run);
        Assert.Equal(
            ["C.txt|-", "Clip.txt|-", "b.txt|windows/B.TXT", "c.txt|-", "clip.TXT|windows/CLIP.TXT"],
            (await TestLedger.AskAsync(ledger, "select name, name_key from mediamagic_assets")).Order(System.StringComparer.Ordinal));
    }

    [Theory, SqliteData, PostgresData]
    public async Task A_row_keeps_the_rules_of_the_system_that_wrote_it(Engine engine)
    {
        NameRules mac = NameRules.MacOS.With(Forms.Compose);
        RunLedger run = await TestLedger.OpenAsync(NewLedger(engine));
        Assert.True((await run.ClaimAsync(NewFile(1, "a.txt", NameRules.Windows), retryFailed: false)).Won);
        Assert.Equal("a.txt", (await run.ClaimAsync(NewFile(1, "A.TXT", NameRules.Exact), retryFailed: false)).Row.Name);
        Assert.True((await run.ClaimAsync(NewFile(2, "b.txt", NameRules.Exact), retryFailed: false)).Won);
        Assert.Equal("B.TXT", (await run.ClaimAsync(NewFile(2, "B.TXT", NameRules.Windows), retryFailed: false)).Row.Name);
        Assert.True((await run.ClaimAsync(NewFile(3, "\u00E9.txt", mac), retryFailed: false)).Won);
        Assert.Equal("\u00E9.txt", (await run.ClaimAsync(NewFile(3, "e\u0301.TXT", mac), retryFailed: false)).Row.Name);
        await TestLedger.CloseAsync(run);
    }

    [Fact]
    public async Task Claims_of_several_cases_at_once_are_one_row()
    {
        string ledger = NewLedger(Engine.Sqlite);
        RunLedger[] runs = await Task.WhenAll(s_spellings.Select(_ => TestLedger.OpenAsync(ledger)));
        LedgerClaim[] claims = await Task.WhenAll(runs.Select((run, i) => run.ClaimAsync(NewFile(1, s_spellings[i], NameRules.Windows), retryFailed: false)));
        Assert.Single(claims, static claim => claim.Won);
        await TestLedger.CloseAsync(runs);
        Assert.Single(await ReadAsync(ledger));
    }

    private static string Old(int number, string name, string path, string state, int delivery, string submission, int updated) =>
        $"""
        insert into mediamagic_assets values ('{TestLedger.Workspace}', '{TestLedger.HashOf(number)}', '{name}', 10, '{path}', '{name}{updated}', '{name}{updated}', '{state}', 'another', 0, 1, 0, {delivery},
            null, null, {submission}, null, null, null, null, 0, null, null, 0, 1, {updated});
        """;

    private static BulkFile NewFile(int number, string name, NameRules rules)
    {
        FileIdentity identity = new("/files/" + name, 10, System.DateTime.UnixEpoch);
        return new BulkFile(identity.Path, name, "text/plain", new ContentDigest(TestLedger.HashOf(number), identity, [])) { NameKey = rules.KeyOf(name) };
    }

    private MediaMagicClient NewClient(PathIdentity paths) => NewClient(options => options.PathIdentity = paths);

    private string[] Spell()
    {
        string path = Add(s_spellings[0]);
        string[] files = [.. s_spellings.Select(name => Path.Combine(Path.GetDirectoryName(path)!, name))];
        Assert.All(files.Skip(1), file => Assert.Equal(0, UnixCalls.Link(path, file)));
        return files;
    }
}
