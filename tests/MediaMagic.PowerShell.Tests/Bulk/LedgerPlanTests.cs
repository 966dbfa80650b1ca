#if !STANDARD
using System.Globalization;
using System.Threading.Tasks;
using Xunit;

namespace MediaMagic.Tests.Bulk;

/// <summary>How a database finds the rows of a ledger.</summary>
public sealed class LedgerPlanTests(PostgresServer postgres) : BulkTest(postgres)
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
            select n_tup_ins, seq_tup_read + (select sum(idx_tup_read) from pg_stat_user_indexes where relname = 'mediamagic_files')
            from pg_stat_user_tables where relname = 'mediamagic_files'
            """;
        string[] counts = [];

        // The server has them when the run's connection has ended.
        for (int i = 0; i < 1000 && (counts.Length == 0 || counts[0] != Files.ToString(CultureInfo.InvariantCulture)); i++)
        {
            counts = Postgres.Query(ledger, Counts).Trim().Split('|');
            await Task.Delay(10);
        }

        Assert.Equal(Files.ToString(CultureInfo.InvariantCulture), counts[0]);
        Assert.InRange(long.Parse(counts[1], CultureInfo.InvariantCulture), 1, Files * MostPerFile);
    }
}
#endif
