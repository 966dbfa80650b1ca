using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace MediaMagic.Bulk;

/// <summary>
/// A ledger as one run uses it. What it promises, and why it holds when a process ends between any two instructions, is in
/// docs/guides/bulk.md.
/// </summary>
internal sealed class RunLedger : IDisposable
{
    private readonly LedgerWriter _writer;
    private readonly LedgerOwner _owner;
    private readonly string _workspace;
    private readonly long _lease;

    private RunLedger(LedgerWriter writer, LedgerOwner owner, string workspace, TimeSpan lease)
    {
        _writer = writer;
        _owner = owner;
        _workspace = workspace;
        _lease = (long)lease.TotalMilliseconds;
    }

    /// <summary>Opens the ledger for the files of a workspace.</summary>
    public static async Task<RunLedger> OpenAsync(
        LedgerDialect dialect, string workspace, TimeSpan lease, TimeSpan patience, TimeProvider clock, CancellationToken stop) =>
        new(await LedgerWriter.OpenAsync(dialect, patience, clock, stop).ConfigureAwait(false), new LedgerOwner(clock), workspace, lease);

    /// <summary>What ended the ledger's use; null while it can be used.</summary>
    public MediaMagicException? Broken => _writer.Broken;

    /// <summary>Claims the file, or tells who has it and how far it is.</summary>
    public Task<LedgerClaim> ClaimAsync(BulkFile file) => _writer.RunAsync(session => ClaimAsync(session, file));

    /// <summary>The file is up, and waits for others to be submitted with.</summary>
    public Task<int> UploadedAsync(BulkFile file) => RunAsync(LedgerSql.Uploaded, file, file.BlobPath);

    /// <summary>Gives the file another name to be uploaded under; false when that is taken, too.</summary>
    public async Task<bool> RenameAsync(BulkFile file, string uploadName) =>
        await RunAsync(LedgerSql.Rename, file, uploadName, UniqueName.Key(uploadName)).ConfigureAwait(false) > 0;

    /// <summary>The file is about to be submitted; false when that is not for us to do.</summary>
    public async Task<bool> SubmittingAsync(BulkFile file) => await RunAsync(LedgerSql.Submitting, file, file.BlobPath).ConfigureAwait(false) > 0;

    /// <summary>The file was about to be submitted, and surely is not.</summary>
    public Task<int> NotSentAsync(BulkFile file) => RunAsync(LedgerSql.NotSent, file);

    /// <summary>The file is submitted.</summary>
    public Task<int> SubmittedAsync(BulkFile file, string? note) =>
        RunAsync(LedgerSql.Submitted, file, file.SubmissionId, file.AssetId, file.Status, note);

    /// <summary>The file failed.</summary>
    public Task<int> FailedAsync(BulkFile file, string error, bool retryable) =>
        RunAsync(LedgerSql.Failed, file, file.BlobPath, file.MaybeSent ? 1L : 0L, retryable ? 1L : 0L, error);

    /// <summary>Nobody knows whether the file is submitted.</summary>
    public Task<int> UnknownAsync(BulkFile file, string error) => RunAsync(LedgerSql.Unknown, file, error);

    /// <summary>Gives back what is not done.</summary>
    public Task<int> ReleaseAsync(IReadOnlyCollection<BulkFile> files) => _writer.RunAsync(async session =>
    {
        await Task.WhenAll(files.Select(file => session.RunAsync(LedgerSql.Release, Key(file, [])))).ConfigureAwait(false);
        return files.Count;
    });

    /// <summary>Holds on to everything claimed.</summary>
    public Task<int> RenewAsync() => _writer.RunAsync(session => session.RunAsync(LedgerSql.Renew, _owner.Name, _lease));

    /// <summary>The file's submission has ended.</summary>
    public Task<int> EndedAsync(BulkFile file, string state, string? error, bool retryable) => _writer.RunAsync(session =>
        session.RunAsync(LedgerSql.Ended, _workspace, file.Hash, file.Name, file.SubmissionId, state, file.Status, file.AssetId, error, retryable ? 1L : 0L));

    /// <summary>How the file's row reads.</summary>
    public Task<LedgerRow?> FindAsync(BulkFile file) => _writer.RunAsync(session => FindAsync(session, file));

    /// <summary>Whether the row is this run's.</summary>
    public bool IsMine(LedgerRow row) => row.Owner == _owner.Name;

    /// <summary>Ends when everything is written, or cannot be.</summary>
    public Task CloseAsync() => _writer.CloseAsync();

    public void Dispose()
    {
        _owner.Dispose();
        _writer.Dispose();
    }

    private async Task<LedgerClaim> ClaimAsync(LedgerSession session, BulkFile file)
    {
        foreach (string name in UniqueName.Of(file.Name, file.Hash))
        {
            object?[] values = Key(file, [file.Length, file.Path, name, UniqueName.Key(name), _lease]);
            if (await session.RunAsync(LedgerSql.Claim, values).ConfigureAwait(false) > 0)
            {
                return new LedgerClaim(true, LedgerRow.Fresh(name, _owner.Name));
            }

            // Either the row is there, or another file has the name.
            if (await FindAsync(session, file).ConfigureAwait(false) is LedgerRow row)
            {
                return await TakeAsync(session, file, row).ConfigureAwait(false);
            }
        }

        throw new InvalidOperationException("There is always another name.");
    }

    private async Task<LedgerClaim> TakeAsync(LedgerSession session, BulkFile file, LedgerRow row)
    {
        if (row.IsSubmitted || row.IsHopeless)
        {
            return new LedgerClaim(false, row);
        }

        bool gone = _owner.IsGone(row.Owner);
        if (row.IsLeased && !gone && !IsMine(row))
        {
            return new LedgerClaim(false, row);
        }

        bool taken = await session.RunAsync(LedgerSql.TakeOver, Key(file, [file.Path, _lease, gone ? row.Owner : _owner.Name])).ConfigureAwait(false) > 0;
        return new LedgerClaim(taken, (await FindAsync(session, file).ConfigureAwait(false))!);
    }

    private Task<LedgerRow?> FindAsync(LedgerSession session, BulkFile file) => session.FindAsync(LedgerSql.Find, _workspace, file.Hash, file.Name);

    private Task<int> RunAsync(LedgerStatement statement, BulkFile file, params object?[] values) =>
        _writer.RunAsync(session => session.RunAsync(statement, Key(file, values)));

    private object?[] Key(BulkFile file, object?[] values) => [_workspace, file.Hash, file.Name, _owner.Name, .. values];
}
