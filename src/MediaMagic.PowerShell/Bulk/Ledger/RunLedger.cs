using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Errors;
using MediaMagic.Transfer;

namespace MediaMagic.Bulk;

/// <summary>
/// A ledger as one run uses it. What it promises, and why it holds when a process ends between any two instructions, is in
/// docs/guides/bulk.md.
/// </summary>
internal sealed class RunLedger : IDisposable
{
    private readonly LedgerWriter _writer;
    private readonly LedgerOwner _owner;
    private readonly long _lease;
    private string _workspace = string.Empty;

    private RunLedger(LedgerWriter writer, LedgerOwner owner, TimeSpan lease)
    {
        _writer = writer;
        _owner = owner;
        _lease = (long)lease.TotalMilliseconds;
    }

    /// <summary>Opens the ledger; <see cref="Use"/> says for whose files.</summary>
    public static async Task<RunLedger> OpenAsync(LedgerDialect dialect, TimeSpan lease, TimeSpan patience, TimeProvider clock, Action? boundary, CancellationToken stop) =>
        new(await LedgerWriter.OpenAsync(dialect, patience, clock, boundary, stop).ConfigureAwait(false), new LedgerOwner(clock), lease);

    /// <summary>Works on the files of the workspace from now on.</summary>
    public void Use(string workspace) => _workspace = workspace;

    /// <summary>Returns the workspace of a key that was used before; null when it was not.</summary>
    public Task<string?> WorkspaceOfAsync(string keyHash) => FirstAsync(new QueryCommand<string>(LedgerSql.WorkspaceOfKey, static reader => reader.GetString(0), keyHash));

    /// <summary>Returns the workspaces whose names begin so, for which there are files.</summary>
    public Task<IReadOnlyList<string>> WorkspacesAsync(string beginning) =>
        _writer.RunAsync(new QueryCommand<string>(LedgerSql.Workspaces, static reader => reader.GetString(0), beginning));

    /// <summary>Returns a few submissions of a workspace.</summary>
    public Task<IReadOnlyList<string>> SubmissionsOfAsync(string workspace) =>
        _writer.RunAsync(new QueryCommand<string>(LedgerSql.SubmissionsOf, static reader => reader.GetString(0), workspace));

    /// <summary>Remembers which workspace a key is of.</summary>
    public Task RememberAsync(string keyHash, string workspace) => _writer.RunAsync(new ChangeCommand(LedgerSql.RememberKey, keyHash, workspace));

    /// <summary>What ended the ledger's use; null while it can be used.</summary>
    public MediaMagicException? Broken => _writer.Broken;

    /// <summary>Claims the file, or tells who has it and how far it is.</summary>
    public Task<LedgerClaim> ClaimAsync(BulkFile file, bool retryFailed) =>
        _writer.RunAsync(new ClaimCommand(file, _workspace, _owner, _lease, retryFailed));

    /// <summary>Stores that the file is up, and waits for others to be submitted with; false when another file has the blob.</summary>
    public async Task<bool> UploadedAsync(BulkFile file) => await RunAsync(LedgerSql.Uploaded, file, file.BlobPath, TextOf(file.Sums)).ConfigureAwait(false) > 0;

    /// <summary>Forgets a create whose outcome is unknown, because the user wants the file submitted again, under another name.</summary>
    public async Task<bool> ForgetAsync(BulkFile file, string uploadName) =>
        await RunAsync(LedgerSql.Forget, file, uploadName, FoldedName.Of(uploadName)).ConfigureAwait(false) > 0;

    /// <summary>Gives the file another name to be uploaded under; false when that is taken, too.</summary>
    public async Task<bool> RenameAsync(BulkFile file, string uploadName) =>
        await RunAsync(LedgerSql.Rename, file, uploadName, FoldedName.Of(uploadName)).ConfigureAwait(false) > 0;

    /// <summary>Reserves the blob path of the file; false when another file has it.</summary>
    public async Task<bool> ReserveAsync(BulkFile file, string blobPath) => await RunAsync(LedgerSql.Reserve, file, blobPath).ConfigureAwait(false) > 0;

    /// <summary>Stores that a create of the file is about to be sent; false when another process has the file.</summary>
    public async Task<bool> SendingAsync(BulkFile file) => await RunAsync(LedgerSql.Sending, file, file.BlobPath, TextOf(file.Sums)).ConfigureAwait(false) > 0;

    /// <summary>Stores how a create ended that did not settle the file.</summary>
    public Task<int> AnsweredAsync(BulkFile file) => RunAsync(LedgerSql.Answered, file, (long)file.Delivery);

    /// <summary>Stores that the file is submitted. Returns false when another file has overwritten it meanwhile, so that it does not count as done.</summary>
    public async Task<bool> SubmittedAsync(BulkFile file, string? note)
    {
        QueryCommand<string> command = new(
            LedgerSql.Submitted,
            static reader => reader.GetString(0),
            [_workspace, file.Hash, file.RowName, _owner.Name, file.SubmissionId, file.AssetId, file.Status, note]);
        return await FirstAsync(command).ConfigureAwait(false) is string state
            ? state != LedgerState.Failed
            : await FindAsync(file).ConfigureAwait(false) is not { IsOverwritten: true };
    }

    /// <summary>The file failed.</summary>
    public Task<int> FailedAsync(BulkFile file, ApiError error) => RunAsync(LedgerSql.Failed, file, [(long)file.Delivery, .. Parts(error)]);

    /// <summary>Stores that the file overwrote the blob of others, and returns the paths of those that do not count as done any more.</summary>
    public Task<IReadOnlyList<OverwrittenFile>> OverwroteAsync(BulkFile file, string blobPath, ApiError error) => _writer.RunAsync(new QueryCommand<OverwrittenFile>(
        LedgerSql.Overwritten,
        static reader => new OverwrittenFile(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetString(3)),
        [_workspace, file.Hash, file.RowName, blobPath, .. Parts(error)]));

    /// <summary>Gives back what is not done.</summary>
    public Task ReleaseAsync(IEnumerable<BulkFile> files) => Task.WhenAll(files.Select(file => RunAsync(LedgerSql.Release, file)));

    /// <summary>Holds on to everything claimed.</summary>
    public Task<int> RenewAsync() => _writer.RunAsync(new ChangeCommand(LedgerSql.Renew, _owner.Name, _lease));

    /// <summary>The file's submission has ended.</summary>
    public Task<int> EndedAsync(BulkFile file, string state, ApiError? error) => _writer.RunAsync(
        new ChangeCommand(LedgerSql.Ended, [_workspace, file.Hash, file.RowName, file.SubmissionId, state, file.Status, file.AssetId, .. Parts(error)]));

    /// <summary>How the file's row reads.</summary>
    public Task<LedgerRow?> FindAsync(BulkFile file) => FirstAsync(new QueryCommand<LedgerRow>(LedgerSql.Find, LedgerRow.Read, _workspace, file.Hash, file.RowName));

    /// <summary>Whether the row is this run's.</summary>
    public bool IsMine(LedgerRow row) => row.Owner == _owner.Name;

    /// <summary>Ends when everything is written, or cannot be.</summary>
    public Task CloseAsync() => _writer.CloseAsync();

    public void Dispose()
    {
        _owner.Dispose();
        _writer.Dispose();
    }

    private static string TextOf(ulong[] sums) => string.Concat(sums.Select(static sum => sum.ToString("x16", CultureInfo.InvariantCulture)));

    private static object?[] Parts(ApiError? error) =>
        [error?.System, (long)(error?.StatusCode ?? 0), error?.Code, error?.StatusCode is null ? error?.Message : error.Detail ?? error.Message, (long)(error?.Concern ?? Concern.Service)];

    private async Task<T?> FirstAsync<T>(QueryCommand<T> query)
        where T : class => await _writer.RunAsync(query).ConfigureAwait(false) is [T first, ..] ? first : null;

    private Task<int> RunAsync(LedgerStatement statement, BulkFile file, params object?[] values) =>
        _writer.RunAsync(new ChangeCommand(statement, [_workspace, file.Hash, file.RowName, _owner.Name, .. values]));
}
