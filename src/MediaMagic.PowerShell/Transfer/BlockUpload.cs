using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;

namespace MediaMagic.Transfer;

/// <summary>Sends a file in blocks, and the list that makes the blob of them.</summary>
internal sealed class BlockUpload(UploadJob job, StorageCalls calls, UploadJournal journal)
{
    // The list of another upload of the same file discards the blocks of this one. So up to four uploads of a file can run at once.
    private const int MaxLosses = 3;
    private readonly BlockPlan _plan = journal.Plan;
    private byte[] _nonce = [];
    private long _resumed;

    /// <summary>Sends what is missing and commits it. Returns how many bytes an earlier upload had sent.</summary>
    public async Task<long> RunAsync(Reservations.Claim claim, CancellationToken stop)
    {
        for (int losses = 0; ;)
        {
            // A block may change between two times that it is sent, and the first request may arrive last. Its id is never used again.
            _nonce = RandomNumberGenerator.GetBytes(BlockPlan.NonceLength);
            _resumed = journal.SentBytes;
            job.Meter.Restart(_resumed);
            await SendAsync(stop).ConfigureAwait(false);
            job.CheckUnchanged();
            try
            {
                SentBlock[] blocks = [.. Enumerable.Range(0, _plan.Count).Select(index => journal.BlockAt(index)!)];
                claim.Note(ContentSum.Of(blocks.Select((block, index) => new ContentSum(0, _plan.LengthOf(index), block.Crc))));
                byte[] list = BlockPlan.ListOf(blocks.Select(static block => block.Id));
                await calls.RunAsync(StorageOperation.PutBlockList(list, job.ContentType), claim, stop).ConfigureAwait(false);
                return _resumed;
            }
            catch (BlocksException failure) when (failure.AreLost && losses++ < MaxLosses)
            {
                journal.Clear();
            }
        }
    }

    // As many blocks at once as the governor allows. The first failure ends them all.
    private async Task SendAsync(CancellationToken stop)
    {
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        ParallelGovernor governor = new(Math.Min(job.Request.MaxParallelBlocks, _plan.Count), job.Session.Clock);
        calls.Stumbled = governor.Stumbled;
        List<Task> sending = [];
        try
        {
            for (int next = 0; next < _plan.Count || sending.Count > 0;)
            {
                while (next < _plan.Count && sending.Count < governor.Allowed)
                {
                    int index = next++;
                    sending.Add(Task.Run(() => SendAsync(index, governor, end.Token), end.Token));
                }

                Task done = await Task.WhenAny(sending).ConfigureAwait(false);
                sending.Remove(done);
                await done.ConfigureAwait(false);
            }
        }
        catch
        {
            end.Cancel();
            await Task.WhenAll(sending).ContinueWith(static all => _ = all.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).ConfigureAwait(false);
            throw;
        }
    }

    private async Task SendAsync(int index, ParallelGovernor governor, CancellationToken stop)
    {
        long length = _plan.LengthOf(index);
        FilePart part = new(job, _plan.OffsetOf(index), length);
        if (journal.BlockAt(index) is SentBlock sent)
        {
            if (await part.ReadCrcAsync(stop).ConfigureAwait(false) == sent.Crc)
            {
                return;
            }

            // The file's bytes are not those that storage has, although its size and time are the same.
            Interlocked.Add(ref _resumed, -length);
            job.Meter.NotResumed(length);
        }

        string id = BlockPlan.IdOf(_nonce, index);
        await calls.RunAsync(StorageOperation.PutBlock(id, part), stop).ConfigureAwait(false);
        journal.Sent(index, new SentBlock(id, part.Crc));
        governor.Completed(length);
    }
}
