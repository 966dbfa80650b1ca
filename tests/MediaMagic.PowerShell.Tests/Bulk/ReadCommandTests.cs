using System;
using System.Data.Common;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Bulk;
using Xunit;

namespace MediaMagic.Tests.Bulk;

/// <summary>Commands that change nothing: they do not queue up behind the processes that write.</summary>
public sealed class ReadCommandTests(PostgresServer postgres) : ServiceTest(postgres)
{
    [Fact]
    public async Task A_command_that_only_reads_does_not_wait_for_a_process_that_writes()
    {
        string ledger = NewLedger(Engine.Sqlite);
        RunLedger run = await RunLedger.OpenAsync(LedgerDialect.Of(LedgerAddress.Parse(ledger)), TimeSpan.FromHours(1), TimeSpan.Zero, new FakeClock(), null, CancellationToken.None);
        using (DbConnection other = await TestLedger.LockAsync(ledger, "begin immediate"))
        {
            Assert.Null(await run.WorkspaceOfAsync("key").WaitAsync(Limit));
            Assert.Empty(await run.WorkspacesAsync("https://").WaitAsync(Limit));
        }

        await run.CloseAsync();
        run.Dispose();
    }

    [Theory]
    [InlineData("select 1", true)]
    [InlineData("\n    select 1", true)]
    [InlineData("update t set n = 1 returning n", false)]
    [InlineData("insert into t select 1", false)]
    public void OnlyReads_is_true_for_queries_only(string sql, bool onlyReads) => Assert.Equal(onlyReads, new LedgerStatement(sql).OnlyReads);
}
