using System;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Errors;

namespace MediaMagic.Client;

/// <summary>Looks at submissions until they have ended: each ever less often, and only so many at once.</summary>
internal sealed class SubmissionPoller(SubmissionsClient submissions, TimeProvider clock, TimeSpan firstInterval) : IDisposable
{
    private const int AtOnce = 8;
    private const double Growth = 1.5;
    private static readonly TimeSpan s_longestInterval = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _looks = new(AtOnce);

    /// <summary>Waits for the end of one submission; <paramref name="seen"/> gets every look before that.</summary>
    public async Task<Submission> WaitAsync(string id, TimeSpan timeout, Action<Submission>? seen, CancellationToken stop)
    {
        long began = clock.GetTimestamp();
        TimeSpan interval = firstInterval < s_longestInterval ? firstInterval : s_longestInterval;
        while (true)
        {
            Submission submission = await LookAsync(id, stop).ConfigureAwait(false);
            if (SubmissionStatus.IsFinal(submission.Status))
            {
                return submission;
            }

            seen?.Invoke(submission);
            TimeSpan left = timeout - clock.GetElapsedTime(began);
            if (left <= TimeSpan.Zero)
            {
                throw new MediaMagicException(LocalErrors.WaitTimeout(id, timeout, submission.Status));
            }

            await clock.Delay(interval < left ? interval : left, stop).ConfigureAwait(false);
            TimeSpan longer = TimeSpan.FromTicks((long)(interval.Ticks * Growth));
            interval = longer < s_longestInterval ? longer : s_longestInterval;
        }
    }

    public void Dispose() => _looks.Dispose();

    private async Task<Submission> LookAsync(string id, CancellationToken stop)
    {
        await _looks.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            return await submissions.GetAsync(id, stop).ConfigureAwait(false);
        }
        finally
        {
            _looks.Release();
        }
    }
}
