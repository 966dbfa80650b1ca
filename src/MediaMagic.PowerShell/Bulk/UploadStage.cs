using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using MediaMagic.Errors;
using MediaMagic.Transfer;

namespace MediaMagic.Bulk;

/// <summary>Uploads files, and gathers them for their submissions.</summary>
internal sealed class UploadStage(BulkContext run, BoundedQueue<BulkFile[]> submits)
{
    private const int MostNames = 5;
    private readonly List<BulkFile> _group = [];

    public async Task HandleAsync(BulkFile file)
    {
        // A file whose create is unknown never goes under another blob path.
        await run.RecallAsync(file).ConfigureAwait(false);
        if (file.BlobPath is null && file.Delivery != Delivery.Unknown && file.SubmissionId is null)
        {
            if (!await UploadAsync(file).ConfigureAwait(false))
            {
                return;
            }
        }
        else
        {
            run.Counts.Spared(file.Length);
        }

        // What may be submitted already is settled alone: in a group its refusal would say nothing about the others.
        BulkFile[]? group = file.Delivery == Delivery.Unknown || file.SubmissionId is not null || run.Options.AssetsPerSubmission == 1
            ? [file]
            : await GatherAsync(file).ConfigureAwait(false);
        if (group is not null)
        {
            await submits.AddAsync(group, run.Stop).ConfigureAwait(false);
        }
    }

    /// <summary>No more files will come.</summary>
    public async Task FinishAsync()
    {
        try
        {
            if (_group.Count > 0)
            {
                await submits.AddAsync([.. _group], run.Stop).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // They are given back with the rest.
        }
    }

    /// <summary>Uploads the file; false when it failed.</summary>
    public async Task<bool> UploadAsync(BulkFile file)
    {
        int names = 0;
        bool overwrote = false;
        for (int tries = 0; ;)
        {
            ByteListener listener = new(run.Counts);
            try
            {
                Upload upload = await run.Client.Files.UploadAsync(Wanted(), listener, run.Stop).ConfigureAwait(false);
                listener.CountTo(file.Length, upload.ResumedBytes);
                file.BlobPath = upload.BlobPath;
                file.IsOldUpload = false;
                run.Succeeded(ApiEndpoint.UploadUrl);
                return true;
            }
            catch (OperationCanceledException) when (run.Stop.IsCancellationRequested)
            {
                throw;
            }
            catch (Exception failure)
            {
                listener.CountTo(0, 0);
                MediaMagicException known = BulkErrors.Known(failure);
                if (known.Error.Code == ErrorCode.BlobPathCollision && await run.Ledger.FindAsync(file).ConfigureAwait(false) is LedgerRow row && !run.Ledger.IsMine(row))
                {
                    // Another process took the file over, and the blob path with it.
                    await run.PassByAsync(file, row).ConfigureAwait(false);
                    return false;
                }

                if (!overwrote && known.Error.Code == ErrorCode.BlobPathCollision && names++ < MostNames && await RenameAsync(file).ConfigureAwait(false))
                {
                    continue;
                }

                if (known.Error.Code is ErrorCode.FileChanged or ErrorCode.FileNotFound && run.ReplaceByTwin(file, known))
                {
                    continue;
                }

                if (!await run.Patience.WaitAsync(known.Error, tries++, run.Stop).ConfigureAwait(false))
                {
                    await run.FailAsync([file], ApiEndpoint.UploadUrl, known).ConfigureAwait(false);
                    return false;
                }
            }
        }

        UploadRequest Wanted() => new()
        {
            Path = file.Path,
            ContentType = file.ContentType,
            FileName = file.UploadName,
            Digest = file.Digest,
            StateFolder = run.Options.StateFolder,
            SettlesUnknown = true,
            Reserve = path => run.Ledger.ReserveAsync(file, path),
            Overwrote = path =>
            {
                overwrote = true;
                return run.OverwroteAsync(file, path);
            },
        };
    }

    // The session used the name for something else, outside of the ledger.
    private async Task<bool> RenameAsync(BulkFile file)
    {
        if (file.Delivery == Delivery.Unknown)
        {
            return false;
        }

        int tried = 0;
        foreach (string name in UniqueName.After(file.RowName, file.Hash, file.UploadName))
        {
            if (await run.Ledger.RenameAsync(file, name).ConfigureAwait(false))
            {
                file.UploadName = name;
                return true;
            }

            if (++tried == MostNames)
            {
                break;
            }
        }

        return false;
    }

    private async Task<BulkFile[]?> GatherAsync(BulkFile file)
    {
        if (!await run.Ledger.UploadedAsync(file).ConfigureAwait(false))
        {
            // Another process has the file, or another file has the blob: alone it is told which.
            return [file];
        }

        lock (_group)
        {
            _group.Add(file);
            if (_group.Count < run.Options.AssetsPerSubmission)
            {
                return null;
            }

            BulkFile[] group = [.. _group];
            _group.Clear();
            return group;
        }
    }
}
