using System;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Errors;

namespace MediaMagic.Client;

/// <summary>
/// Looks at submissions until they have ended: each ever less often, and only so many at once. Trouble that passes is waited out;
/// <paramref name="troubled"/> is told of it.
/// </summary>
internal sealed class SubmissionPoller(
    SubmissionsClient submissions, TimeProvider clock, TimeSpan firstInterval, Action<string, ApiError>? troubled = null) : IDisposable
{
    private const int AtOnce = 8;
    private const double Growth = 1.5;
    private static readonly TimeSpan s_longestInterval = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_shortestLook = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_longestLook = TimeSpan.FromDays(1);

    private readonly SemaphoreSlim _looks = new(AtOnce);

    /// <summary>
    /// Waits for the end of one submission; <paramref name="seen"/> gets every look before that. There is one look at least, and none that
    /// was given a time ends much later.
    /// </summary>
    public async Task<Submission> WaitAsync(string id, TimeSpan timeout, Action<Submission>? seen, CancellationToken stop)
    {
        long began = clock.GetTimestamp();
        TimeSpan interval = firstInterval < s_longestInterval ? firstInterval : s_longestInterval;
        string? status = null;
        ApiError? trouble = null;
        while (true)
        {
            try
            {
                if (await LookAsync(id, timeout, began, stop).ConfigureAwait(false) is Submission submission)
                {
                    trouble = null;
                    status = submission.Status;
                    if (SubmissionStatus.IsFinal(status))
                    {
                        return submission;
                    }

                    seen?.Invoke(submission);
                }
            }
            catch (MediaMagicException failure) when (Passes(failure.Error))
            {
                trouble = failure.Error;
                troubled?.Invoke(id, trouble);
            }

            TimeSpan left = timeout - clock.GetElapsedTime(began);
            if (left <= TimeSpan.Zero)
            {
                throw new MediaMagicException(LocalErrors.WaitTimeout(id, timeout, status, trouble));
            }

            TimeSpan pause = trouble?.RetryAfter > interval ? trouble.RetryAfter.Value : interval;
            await clock.Delay(pause < left ? pause : left, stop).ConfigureAwait(false);
            TimeSpan longer = TimeSpan.FromTicks((long)(interval.Ticks * Growth));
            interval = longer < s_longestInterval ? longer : s_longestInterval;
        }
    }

    public void Dispose() => _looks.Dispose();

    // What another look may get over: no answer, a service that is down or busy, and requests that are held back.
    private static bool Passes(ApiError error) => StatusTable.Find(ErrorSystem.MediaMagic, error.StatusCode, error.Code).Repeat.HasFlag(Repeat.Read);

    // Null when the time was up before there was an answer.
    private async Task<Submission?> LookAsync(string id, TimeSpan timeout, long began, CancellationToken stop)
    {
        await _looks.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            TimeSpan left = timeout - clock.GetElapsedTime(began);
            TimeSpan limit = timeout == TimeSpan.Zero || left > s_longestLook ? s_longestLook : left < s_shortestLook ? s_shortestLook : left;
            using CancellationTokenSource late = clock.CreateCancellationTokenSource(limit);
            using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(stop, late.Token);
            return await submissions.GetAsync(id, end.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            _looks.Release();
        }
    }
}
