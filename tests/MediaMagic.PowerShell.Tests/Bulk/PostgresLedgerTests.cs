#if !STANDARD
using System;
using System.Data.Common;
using System.Globalization;
using System.Threading.Tasks;
using MediaMagic.Bulk;
using Xunit;

namespace MediaMagic.Tests.Bulk;

/// <summary>How PostgreSQL finds and keeps the rows of a ledger.</summary>
public sealed class PostgresLedgerTests(PostgresServer postgres) : BulkTest(postgres)
{
    /// <summary>Plans are made while the table is empty and nobody has counted it; the whole workspace was once read for each row.</summary>
    [Theory, PostgresData]
    public async Task A_row_is_found_by_its_key_in_a_ledger_that_grows(Engine engine)
    {
        const int Files = 300;
        const int MostPerFile = 20;
        string ledger = NewLedger(engine);
        await RunAsync(ledger, AddMany(Files));
        const string Counts =
            """
            select n_tup_ins, seq_tup_read + (select sum(idx_tup_read) from pg_stat_user_indexes where relname = 'mediamagic_assets')
            from pg_stat_user_tables where relname = 'mediamagic_assets'
            """;

        // The server has them when the run's connection has ended, which this waits for.
        Postgres.Query(ledger, "select pg_terminate_backend(pid, 60000) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()");
        string[] counts = Postgres.Query(ledger, Counts).Trim().Split('|');
        Assert.Equal(Files.ToString(CultureInfo.InvariantCulture), counts[0]);
        Assert.InRange(long.Parse(counts[1], CultureInfo.InvariantCulture), 1, Files * MostPerFile);
    }

    [Theory, PostgresData]
    public async Task A_commit_is_waited_for_also_where_the_server_would_not(Engine engine)
    {
        string ledger = NewLedger(engine);
        Postgres.Query(ledger, $"alter database {new Uri(ledger).AbsolutePath.Trim('/')} set synchronous_commit = off");
        Assert.Equal("off", Postgres.Query(ledger, "show synchronous_commit").Trim());
        LedgerWriter writer = await LedgerWriter.OpenAsync(LedgerDialect.Of(LedgerAddress.Parse(ledger)), TimeSpan.FromSeconds(5), TimeProvider.System, null, default);
        QueryCommand<string> shown = new(new LedgerStatement("select current_setting('synchronous_commit')"), static reader => reader.GetString(0));
        Assert.Equal("on", Assert.Single(await writer.RunAsync(shown)));
        await writer.CloseAsync();
    }

    [Theory, PostgresData]
    public async Task OpenAsync_sees_what_an_older_module_was_about_to_store(Engine engine)
    {
        const string Blocked = "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
        string ledger = NewLedger(engine);
        await OldLedger.WriteAsync(ledger, 1, OldLedger.Row(1, "Uploaded"));
        using DbConnection older = await TestLedger.LockAsync(ledger, "begin; update mediamagic_files set state = 'Submitted', submission_id = 's1'");
        Task<RunLedger> opening = TestLedger.OpenAsync(ledger);
        while (await TestLedger.AskAsync(ledger, Blocked) is ["0"])
        {
            Assert.False(opening.IsCompleted);
        }

        using (DbCommand commit = older.CreateCommand())
        {
            commit.CommandText = "commit";
            await commit.ExecuteNonQueryAsync();
        }

        await TestLedger.CloseAsync(await opening.WaitAsync(TimeSpan.FromMinutes(2)));
        Assert.Equal(["Submitted|3|s1"], await TestLedger.AskAsync(ledger, "select state, delivery, submission_id from mediamagic_assets"));
    }
}
#endif
