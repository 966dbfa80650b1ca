using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using MediaMagic.Bulk;
using MediaMagic.Client;
using Xunit;
#if !STANDARD
using System.Collections.Generic;
using MediaMagic.Simulator;
#endif

namespace MediaMagic.Tests.Bulk;

/// <summary>Ledgers that cannot be used, or no longer.</summary>
public sealed class BrokenLedgerTests(PostgresServer postgres) : BulkTest(postgres)
{
    [Theory]
    [InlineData("")]
    [InlineData("mysql://user:secretword@host/db")]
    [InlineData("postgres://user:secretword@host")]
    [InlineData("postgres://user:1/secretword@host/db")]
    [InlineData("postgres://user//:secretword")]
    [InlineData("postgres://user:secretword@host/db?no such=1")]
    public async Task A_text_that_names_no_ledger_is_refused_without_being_repeated(string ledger)
    {
        MediaMagicException failure = await FailureAsync(ledger);
#if STANDARD
        if (ledger.EndsWith("=1", StringComparison.Ordinal))
        {
            Assert.Equal(ErrorCode.LedgerNotSupported, failure.Error.Code);
            return;
        }
#endif
        Assert.Equal(ErrorCode.LedgerInvalid, failure.Error.Code);
        Assert.DoesNotContain("secretword", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_file_is_refused_and_left_as_it_is()
    {
        string ledger = Path.Combine(Folder, "bad.db");
        byte[] bytes = new byte[20000];
        new Random(1).NextBytes(bytes);
        await File.WriteAllBytesAsync(ledger, bytes);
        Assert.Equal(ErrorCode.LedgerDamaged, (await FailureAsync(ledger)).Error.Code);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(ledger));
    }

    [Fact]
    public async Task A_ledger_that_is_damaged_later_ends_the_run_and_nothing_is_sent_twice()
    {
        string ledger = NewLedger(Engine.Sqlite);
        string[] files = AddMany(200);
        await RunAsync(ledger, files.Take(100));
        byte[] bytes = await File.ReadAllBytesAsync(ledger);
        new Random(1).NextBytes(bytes.AsSpan(4096));
        await File.WriteAllBytesAsync(ledger, bytes);
        Assert.Equal(ErrorCode.LedgerDamaged, (await FailureAsync(ledger, files)).Error.Code);
        AssertOnce(100);
    }

    [Fact]
    public async Task A_database_of_something_else_is_refused()
    {
        string ledger = NewLedger(Engine.Sqlite);
        LedgerWriter writer = await LedgerWriter.OpenAsync(LedgerDialect.Of(LedgerAddress.Parse(ledger)), TimeSpan.FromSeconds(5), TimeProvider.System, null, default);
        await writer.RunAsync(new ChangeCommand(new LedgerStatement("alter table mediamagic_ledger rename to theirs")));
        await writer.CloseAsync();
        Assert.Equal(ErrorCode.LedgerDamaged, (await FailureAsync(ledger)).Error.Code);
    }

    [Fact]
    public async Task A_folder_and_a_place_that_is_not_there_are_refused()
    {
        Assert.Equal(ErrorCode.LedgerInvalid, (await FailureAsync(Folder)).Error.Code);
        Assert.Equal(ErrorCode.LedgerUnavailable, (await FailureAsync(Path.Combine(Folder, "no", "run.db"))).Error.Code);
        Assert.Equal(ErrorCode.LedgerNotFound, (await Assert.ThrowsAsync<MediaMagicException>(() => ReadAsync(Path.Combine(Folder, "none.db")))).Error.Code);
        Assert.False(File.Exists(Path.Combine(Folder, "none.db")));
    }

    [Fact]
    public async Task A_full_disk_is_said_to_be_one()
    {
        LedgerDialect dialect = LedgerDialect.Of(LedgerAddress.Parse(NewLedger(Engine.Sqlite)));
        LedgerWriter writer = await LedgerWriter.OpenAsync(dialect, TimeSpan.FromSeconds(5), TimeProvider.System, null, default);
        LedgerStatement limit = new("pragma max_page_count = 12");
        await writer.RunAsync(new QueryCommand<string>(new LedgerStatement("select 'x' from mediamagic_ledger"), static reader => reader.GetString(0)));
        MediaMagicException failure = await Assert.ThrowsAsync<MediaMagicException>(async () =>
        {
            await writer.RunAsync(new ChangeCommand(limit));
            await writer.RunAsync(new ChangeCommand(new LedgerStatement("create table big as with recursive n(i) as (select 1 union all select i + 1 from n where i < 100000) select hex(randomblob(100)) from n")));
        });
        Assert.Equal(ErrorCode.LedgerFull, failure.Error.Code);
        await writer.CloseAsync();
    }

#if STANDARD
    [Fact]
    public async Task A_server_is_for_newer_PowerShells() =>
        Assert.Equal(ErrorCode.LedgerNotSupported, (await FailureAsync("postgres://mm@127.0.0.1:1/run")).Error.Code);
#else
    [Fact]
    public async Task A_server_that_is_not_there_is_said_to_be_so_at_once_and_without_the_password()
    {
        MediaMagicException failure = await FailureAsync($"postgres://mm:secretword@127.0.0.1:1/run");
        Assert.Equal(ErrorCode.LedgerUnavailable, failure.Error.Code);
        Assert.Contains("postgres://mm@127.0.0.1:1/run", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secretword", failure.ToString(), StringComparison.Ordinal);
    }

    [Theory, PostgresData]
    public async Task A_wrong_password_is_refused_and_not_shown(Engine engine)
    {
        string ledger = NewLedger(engine).Replace(PostgresServer.Password, "wrong-secretword", StringComparison.Ordinal);
        MediaMagicException failure = await FailureAsync(ledger);
        Assert.Equal(ErrorCode.LedgerUnavailable, failure.Error.Code);
        Assert.DoesNotContain("secretword", failure.ToString(), StringComparison.Ordinal);
    }

    [Theory, PostgresData]
    public async Task A_server_that_restarts_is_waited_for(Engine engine)
    {
        string ledger = NewLedger(engine);
        TaskCompletionSource release = HoldCreatesAfter(50);
        Task<List<SubmitResult>> running = RunAsync(
            ledger,
            AddMany(300),
            static options => options.LedgerPatience = TimeSpan.FromMinutes(10),
            NewClient(static options => options.Timeout = TimeSpan.FromMinutes(10)));
        await ServiceAsync(() => Service.Simulator.SubmissionCount == 50);
        Postgres.Stop();
        Postgres.Start();
        release.SetResult();
        Assert.All(await running, result => Assert.Equal(SubmitState.Submitted, result.State));
        AssertOnce(300);
        Assert.All(await ReadAsync(ledger), entry => Assert.Equal((LedgerState.Submitted, true), (entry.State, entry.SubmissionId is not null)));
    }

    [Theory, PostgresData]
    public async Task A_server_that_stays_away_ends_the_run_and_the_next_one_goes_on(Engine engine)
    {
        string ledger = NewLedger(engine);
        string[] files = AddMany(300);
        TaskCompletionSource release = HoldCreatesAfter(50);
        HastyClock clock = new();
        Task<MediaMagicException> running = FailureAsync(ledger, files, NewClient(options => options.TimeProvider = clock));
        await ServiceAsync(() => Service.Simulator.SubmissionCount == 50);
        long before = clock.GetTimestamp();
        Postgres.Stop();
        try
        {
            release.SetResult();
            Assert.Equal(ErrorCode.LedgerUnavailable, (await running).Error.Code);
            Assert.InRange(clock.GetElapsedTime(before), TimeSpan.FromSeconds(20), TimeSpan.FromMinutes(10));
        }
        finally
        {
            Postgres.Start();
        }

        await RunAsync(ledger, files);
        AssertOnce(300);
        Assert.All(await ReadAsync(ledger), entry => Assert.Equal(LedgerState.Submitted, entry.State));
    }

    // So the connection is lost while some files are submitted and others are not.
    private TaskCompletionSource HoldCreatesAfter(int count)
    {
        TaskCompletionSource release = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Service.Simulator.AddFault(new SimulatorFault { Endpoint = "POST /submissions", Count = count });
        Service.Simulator.AddFault(new SimulatorFault { Endpoint = "POST /submissions", Until = release.Task, Count = 0 });
        return release;
    }
#endif

    private Task<MediaMagicException> FailureAsync(string ledger, string[]? files = null, MediaMagicClient? client = null) =>
        Assert.ThrowsAsync<MediaMagicException>(() => RunAsync(ledger, files ?? [], client: client));
}
