using System;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;

namespace MediaMagic.Transfer;

/// <summary>The MD5 of a whole file that goes in blocks, following close behind the senders, so that the bytes are still in the system's memory.</summary>
internal static class BlobHasher
{
    // Below what any processor of the last ten years hashes.
    private const double FreeBelow = 250e6;
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(20);

    /// <summary>The hash in base64, or null when it is not wanted or would cost time.</summary>
    /// <param name="source">The file.</param>
    /// <param name="plan">Its blocks.</param>
    /// <param name="blocks">How far the senders are.</param>
    /// <param name="sending">Ends when all blocks are sent.</param>
    /// <param name="work">What is wanted, and the clock.</param>
    /// <param name="stop">Ends the work.</param>
    public static async Task<string?> ComputeAsync(
        SourceFile source, BlockPlan plan, BlockSet blocks, Task sending, (BlobHash Wanted, ProgressMeter Meter, TimeProvider Clock) work, CancellationToken stop)
    {
        if (work.Wanted == BlobHash.Never || (work.Wanted == BlobHash.WhenFree && !await IsFreeAsync(work.Meter, work.Clock, sending, stop).ConfigureAwait(false)))
        {
            return null;
        }

        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        for (int index = 0; index < plan.Count; index++)
        {
            while (blocks.Taken <= index && !sending.IsCompleted)
            {
                await work.Clock.Delay(s_step, stop).ConfigureAwait(false);
            }

            await Task.Run(() => PartHash.Append(hash, source, plan.OffsetOf(index), plan.LengthOf(index), stop), stop).ConfigureAwait(false);
        }

        return Convert.ToBase64String(hash.GetHashAndReset());
    }

    private static async Task<bool> IsFreeAsync(ProgressMeter meter, TimeProvider clock, Task sending, CancellationToken stop)
    {
        long before = meter.Sent;
        long began = clock.GetTimestamp();
        await Task.WhenAny(sending, clock.Delay(s_look, stop)).ConfigureAwait(false);
        stop.ThrowIfCancellationRequested();
        return (meter.Sent - before) / clock.GetElapsedTime(began).TotalSeconds < FreeBelow;
    }
}
