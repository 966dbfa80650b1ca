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
    public static Task<LedgerReader> OpenAsync(string ledger, CancellationToken stop) => OpenAsync(ledger, LedgerPatience.Limit, TimeProvider.System, stop);

    /// <summary>Opens a ledger that is there, and waits that long by the clock while another process locks it.</summary>
    public static async Task<LedgerReader> OpenAsync(string ledger, TimeSpan patience, TimeProvider clock, CancellationToken stop)
    {
        LedgerDialect dialect = LedgerDialect.Of(LedgerAddress.Parse(ledger));
        return await LedgerPatience.RunAsync(dialect, patience, clock, () => OpenAsync(dialect, stop), stop).ConfigureAwait(false);
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
        Error = ErrorText(reader) ?? LedgerRow.Text(reader, 11),
        Workspace = reader.GetString(12),
        Length = LedgerRow.Number(reader, 13),
        ContentHash = reader.GetString(14),
    };

    // A ledger of an earlier version stored an error as one text.
    private static string? ErrorText(DbDataReader reader)
    {
        string? message = LedgerRow.Text(reader, 10);
        return LedgerRow.Text(reader, 9) is string code ? ApiError.TextOf(LedgerRow.Number(reader, 8) is long status and > 0 ? (int)status : null, code, message) : message;
    }

    private static async Task<LedgerReader> OpenAsync(LedgerDialect dialect, CancellationToken stop)
    {
        LedgerSession session = await LedgerSession.OpenAsync(dialect, create: false, stop).ConfigureAwait(false);
        try
        {
            return new LedgerReader(dialect, session, await session.ListAsync(stop).ConfigureAwait(false));
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }
}
