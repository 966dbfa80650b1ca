using System;
using System.Data.Common;
using System.Threading;
using System.Threading.Tasks;

namespace MediaMagic.Bulk;

/// <summary>Reads a ledger for people, row by row, as it was when the reading began.</summary>
internal sealed class LedgerReader : IDisposable
{
    private readonly LedgerDialect _dialect;
    private readonly LedgerSession _session;
    private readonly DbDataReader _reader;

    private LedgerReader(LedgerDialect dialect, LedgerSession session, DbDataReader reader)
    {
        _dialect = dialect;
        _session = session;
        _reader = reader;
    }

    /// <summary>Opens a ledger that is there.</summary>
    public static async Task<LedgerReader> OpenAsync(string ledger, CancellationToken stop)
    {
        LedgerDialect dialect = LedgerDialect.Of(LedgerAddress.Parse(ledger));
        LedgerSession? session = null;
        try
        {
            session = await LedgerSession.OpenAsync(dialect, create: false, stop).ConfigureAwait(false);
            return new LedgerReader(dialect, session, await session.ListAsync(stop).ConfigureAwait(false));
        }
        catch (Exception failure)
        {
            session?.Dispose();
            if (failure is OperationCanceledException)
            {
                throw;
            }

            throw dialect.Explain(failure);
        }
    }

    /// <summary>The next row; null when there are no more.</summary>
    public async Task<LedgerEntry?> NextAsync(CancellationToken stop)
    {
        try
        {
            return await _reader.ReadAsync(stop).ConfigureAwait(false) ? Entry(_reader) : null;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            throw _dialect.Explain(failure);
        }
    }

    public void Dispose()
    {
        _reader.Dispose();
        _session.Dispose();
    }

    private static LedgerEntry Entry(DbDataReader reader) => new()
    {
        Path = reader.GetString(0),
        State = reader.GetString(1),
        BlobPath = LedgerRow.Text(reader, 2),
        SubmissionId = LedgerRow.Text(reader, 3),
        AssetId = LedgerRow.Text(reader, 4),
        Status = LedgerRow.Text(reader, 5),
        Attempts = (int)LedgerRow.Number(reader, 6),
        UpdatedAt = DateTimeOffset.FromUnixTimeMilliseconds(LedgerRow.Number(reader, 7)),
        Error = LedgerRow.Text(reader, 8),
        Workspace = reader.GetString(9),
        Length = LedgerRow.Number(reader, 10),
        ContentHash = reader.GetString(11),
    };
}
