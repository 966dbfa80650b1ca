using System;
using System.Threading;
using System.Threading.Tasks;

namespace MediaMagic.Transfer;

/// <summary>Sends a file in blocks, and the list that makes the blob of them.</summary>
internal sealed class BlockUpload(UploadJob job, StorageCalls calls, BlockPlan plan, BlockSet blocks, Func<CancellationToken, Task> save)
{
    private readonly TimeProvider _clock = job.Session.Clock;

    /// <summary>Sends what is missing and commits; the MD5 of the whole, where one was computed.</summary>
    public async Task<string?> RunAsync(Reservations.Claim claim, CancellationToken stop)
    {
        for (bool again = false; ; again = true)
        {
            string? md5 = await SendAsync(stop).ConfigureAwait(false);

            // Whether the same bytes may go again must not depend on whether this hash was free.
            byte[]? content = md5 is not null ? Convert.FromBase64String(md5)
                : SameContent.CanTell(job.Source.Identity) ? await job.HashAsync(stop).ConfigureAwait(false)
                : null;
            job.Source.CheckUnchanged();
            if (job.Check is { IsSame: false })
            {
                throw job.Source.Changed();
            }

            try
            {
                await claim.FillAsync(calls.RunAsync(StorageOperation.PutBlockList(plan.BlockList(), job.ContentType, md5), stop)).ConfigureAwait(false);
                if (content is not null)
                {
                    claim.Note(content);
                }

                return md5;
            }
            catch (BlocksLostException) when (!again)
            {
                blocks.Forget();
                job.Meter.Restart();
            }
        }
    }

    private async Task<string?> SendAsync(CancellationToken stop)
    {
        blocks.Rewind();
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        ParallelGovernor governor = new(Math.Min(job.Request.MaxParallelBlocks, plan.Count), _clock);
        BlockHashes hashes = new(job.Source, plan, job.Session.Limits.UseLanes, end.Token);
        calls.Stumbled = governor.Stumbled;
        BlockCrew crew = new(blocks, governor, index => SendAsync(index, hashes, governor, end.Token), end);
        Task sending = crew.RunAsync();
        Task<string?> whole = BlobHasher.ComputeAsync(job.Source, plan, blocks, sending, (job.Request.BlobHash, job.Meter, _clock), end.Token);
        try
        {
            await sending.ConfigureAwait(false);
            if (job.Request.BlobHash == BlobHash.WhenFree)
            {
                // It follows close behind, or the processor has too much to do to give it away.
                TimeSpan patience = TimeSpan.FromTicks(job.Meter.Elapsed.Ticks / 20);
                await Task.WhenAny(whole, _clock.Delay(patience, end.Token)).ConfigureAwait(false);
                return whole.IsCompleted ? await whole.ConfigureAwait(false) : null;
            }

            return await whole.ConfigureAwait(false);
        }
        finally
        {
            end.Cancel();
            await Quietly(Task.WhenAll(whole, hashes.SettleAsync())).ConfigureAwait(false);
        }
    }

    private async Task SendAsync(int index, BlockHashes hashes, ParallelGovernor governor, CancellationToken stop)
    {
        byte[] md5 = await hashes.OfAsync(index).ConfigureAwait(false);
        string text = Convert.ToBase64String(md5);
        long offset = plan.OffsetOf(index);
        long length = plan.LengthOf(index);
        if (blocks.SentMd5(index) == text)
        {
            job.Meter.Add(length);
            job.Check?.Add(PartHash.Sums(job.Source, offset, length, stop));
            return;
        }

        StorageOperation block = StorageOperation.PutBlock(
            plan.IdOf(index),
            watch => new PartContent(job.Source, offset, length, new PartLog(job.Meter), watch) { Check = job.Check },
            md5,
            () => Recheck(offset, length, md5, stop));
        await calls.RunAsync(block, stop).ConfigureAwait(false);
        blocks.Sent(index, text);
        governor.Completed(length);
        await save(stop).ConfigureAwait(false);
    }

    private void Recheck(long offset, long length, byte[] md5, CancellationToken stop)
    {
        if (!PartHash.Compute(job.Source, offset, length, stop).AsSpan().SequenceEqual(md5))
        {
            throw job.Source.Changed();
        }
    }

    private static async Task Quietly(Task task)
    {
        try
        {
            await task.ConfigureAwait(false);
        }
        catch (Exception)
        {
            // What matters was thrown before.
        }
    }
}
