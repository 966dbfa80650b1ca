using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.Versioning;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Bulk;
using MediaMagic.IO;
using MediaMagic.Tests.Files;
using Microsoft.Data.Sqlite;
using Xunit;

namespace MediaMagic.Tests.Bulk;

/// <summary>A ledger whose file another program holds for a moment: a virus scanner, a backup, or another run that creates it.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class HeldLedgerTests(PostgresServer postgres) : ServiceTest(postgres)
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(false, FileHold.Held)]
    [InlineData(false, FileHold.None)]
    [InlineData(true, FileHold.Held)]
    internal async Task OpenAsync_of_a_writer_waits_until_the_file_is_free(bool isLong, FileHold hold)
    {
        HeldDialect dialect = new(NewLedger(Engine.Sqlite)) { IsHeld = true, IsLong = isLong, Hold = hold };
        FakeClock clock = new();
        Task<LedgerWriter> opening = LedgerWriter.OpenAsync(dialect, s_patience, clock, null, CancellationToken.None);
        await WaitForPauseAsync(clock, opening);
        (dialect.IsHeld, dialect.Hold) = (false, FileHold.None);
        await AdvanceUntilAsync(clock, opening);
        LedgerWriter writer = await opening;
        await writer.RunAsync(new ChangeCommand(new LedgerStatement("update mediamagic_ledger set version = version")));
        await writer.CloseAsync();
        Assert.Null(writer.Broken);
        writer.Dispose();
    }

    [Fact]
    public async Task OpenAsync_of_a_writer_opens_the_file_again_at_once_when_it_is_free_meanwhile()
    {
        HeldDialect dialect = new(NewLedger(Engine.Sqlite)) { IsHeld = true, IsLong = true, Hold = FileHold.None, Times = 1 };
        LedgerWriter writer = await LedgerWriter.OpenAsync(dialect, s_patience, new FakeClock(), null, CancellationToken.None).WaitAsync(Limit);
        await writer.CloseAsync();
        writer.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task OpenAsync_of_a_writer_ends_at_a_stop_while_the_file_is_held(bool isLong)
    {
        HeldDialect dialect = new(NewLedger(Engine.Sqlite)) { IsHeld = true, IsLong = isLong, Hold = FileHold.Held };
        FakeClock clock = new();
        using CancellationTokenSource stop = new();
        Task<LedgerWriter> opening = LedgerWriter.OpenAsync(dialect, s_patience, clock, null, stop.Token);
        await WaitForPauseAsync(clock, opening);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening.WaitAsync(Limit));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task OpenAsync_of_a_writer_says_that_another_program_holds_the_ledger_when_its_patience_ends(bool isLong)
    {
        HeldDialect dialect = new(NewLedger(Engine.Sqlite)) { IsHeld = true, IsLong = isLong, Hold = FileHold.Held };
        FakeClock clock = new();
        Task<LedgerWriter> opening = LedgerWriter.OpenAsync(dialect, s_patience, clock, null, CancellationToken.None);
        await WaitForPauseAsync(clock, opening);
        clock.Advance(s_patience);
        await AdvanceUntilAsync(clock, opening);
        MediaMagicException failure = await Assert.ThrowsAsync<MediaMagicException>(() => opening);
        Assert.Equal(ErrorCode.LedgerUnavailable, failure.Error.Code);
        Assert.Contains("another program holds the ledger", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Close the program", failure.Error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenAsync_of_a_writer_waits_as_long_as_other_processes_write_the_ledger()
    {
        string ledger = NewLedger(Engine.Sqlite);
        File.WriteAllText(ledger, "written by another process");
        HeldDialect dialect = new(ledger) { IsHeld = true, IsLong = true, Hold = FileHold.Held };
        FakeClock clock = new();
        Task<LedgerWriter> opening = LedgerWriter.OpenAsync(dialect, s_patience, clock, null, CancellationToken.None);
        for (int i = 1; i < 5; i++)
        {
            await WaitForPauseAsync(clock, opening);
            File.SetLastWriteTimeUtc(ledger, DateTime.UnixEpoch.AddDays(i));
            clock.Advance(s_patience);
        }

        await WaitForPauseAsync(clock, opening);
        clock.Advance(s_patience + s_pause);
        await AdvanceUntilAsync(clock, opening);
        await Assert.ThrowsAsync<MediaMagicException>(() => opening);
        Assert.InRange(clock.Elapsed, 5 * s_patience, 6 * s_patience);
    }

    [UnixFact]
    public void Stamp_changes_when_another_process_writes_a_ledger_that_a_link_leads_to()
    {
        string link = NewLedger(Engine.Sqlite);
        string file = link + ".file";
        File.CreateSymbolicLink(link, file);
        HeldDialect dialect = new(link);
        List<long> stamps = [dialect.Stamp];
        foreach (string written in new[] { file, file + "-wal" })
        {
            File.WriteAllText(written, "written by another process");
            stamps.Add(dialect.Stamp);
        }

        Assert.Equal(3, stamps.Distinct().Count());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task OpenAsync_of_a_writer_fails_at_once_when_the_file_cannot_be_written_for_good(bool isLong)
    {
        HeldDialect dialect = new(NewLedger(Engine.Sqlite)) { IsHeld = true, IsLong = isLong, Hold = FileHold.Refused };
        MediaMagicException failure = await Assert.ThrowsAsync<MediaMagicException>(
            () => LedgerWriter.OpenAsync(dialect, s_patience, new FakeClock(), null, CancellationToken.None).WaitAsync(Limit));
        Assert.Equal(ErrorCode.LedgerUnavailable, failure.Error.Code);
        Assert.DoesNotContain("another program", failure.Message, StringComparison.Ordinal);
    }

    [UnixFact(linuxOnly: true)]
    public void A_file_that_is_read_only_is_refused_at_once_and_never_opened_to_be_read_only()
    {
        string ledger = NewLedger(Engine.Sqlite);
        TestLedger.ExecuteAsync(ledger, "create table t (n)").GetAwaiter().GetResult();
        File.SetUnixFileMode(ledger, UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        File.SetUnixFileMode(Folder, (UnixFileMode)0b111_111_111);
        LedgerDialect dialect = LedgerDialect.Of(LedgerAddress.Parse(ledger));
        SqliteException failure = Stranger.Run(() => Assert.Throws<SqliteException>(() => dialect.OpenAsync(create: true, default).GetAwaiter().GetResult()));
        Assert.Equal(LedgerFault.Refused, dialect.FaultOf(failure));
        Assert.Contains("the file is read-only", dialect.Explain(failure).Message, StringComparison.Ordinal);
    }

    [UnixFact]
    public void A_file_that_cannot_be_opened_is_not_taken_for_held_on_Unix()
    {
        LedgerDialect dialect = LedgerDialect.Of(LedgerAddress.Parse(NewLedger(Engine.Sqlite)));
        Assert.Equal(LedgerFault.Refused, dialect.FaultOf(new SqliteException("unable to open database file", 14)));
        Assert.Equal(LedgerFault.Refused, dialect.FaultOf(new SqliteException("attempt to write a readonly database", 8)));
    }

    [Theory]
    [InlineData(FileHold.Held, true)]
    [InlineData(FileHold.None, false)]
    [InlineData(FileHold.Refused, false)]
    internal void A_file_beside_it_that_cannot_be_opened_is_waited_for_while_it_is_held(FileHold hold, bool isHeld)
    {
        HeldDialect dialect = new(NewLedger(Engine.Sqlite)) { Hold = hold };
        Assert.Equal(isHeld, dialect.FaultOf(new SqliteException("unable to open database file", 14)) == LedgerFault.Held);
        Assert.Equal(hold != FileHold.Refused, dialect.FaultOf(new SqliteException("attempt to write a readonly database", 8)) == LedgerFault.Held);
    }

    private static async Task WaitForPauseAsync(FakeClock clock, Task opening)
    {
        await clock.UntilTimerAsync(s_pause);
        Assert.False(opening.IsCompleted);
    }

    private static async Task AdvanceUntilAsync(FakeClock clock, Task work)
    {
        while (!work.IsCompleted)
        {
            await Task.WhenAny(work, clock.UntilTimerAsync(s_pause)).WaitAsync(Limit);
            clock.Advance(s_pause);
        }
    }
}
