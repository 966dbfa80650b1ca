using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Client;

namespace MediaMagic.Commands.Submissions;

/// <summary>Polls many submissions until each has ended, a few at a time, ever less often, behind one progress bar.</summary>
internal sealed class SubmissionWaiter(Cmdlet cmdlet, MediaMagicClient client, double timeoutSec, double pollIntervalSec)
{
    private const int Activity = 5172;
    private const int AtOnce = 8;
    private const double Growth = 1.5;
    private const double LongestInterval = 30;
    private static readonly TimeSpan s_pace = TimeSpan.FromMilliseconds(200);

    private readonly TimeProvider _clock = TimeProvider.System;
    private readonly Dictionary<string, string> _states = new(StringComparer.Ordinal);
    private long? _shown;

    /// <summary>Waits for all of them; <paramref name="ended"/> gets each as it ends, <paramref name="failed"/> what could not be read, <paramref name="late"/> the rest.</summary>
    public async Task WaitAsync(
        IEnumerable<string> ids, Action<Submission> ended, Action<string, MediaMagicException> failed, Action<string, string?> late, CancellationToken stop)
    {
        List<string> waiting = [.. ids.Distinct(StringComparer.Ordinal)];
        int all = waiting.Count;
        long began = _clock.GetTimestamp();
        double interval = Math.Min(pollIntervalSec, LongestInterval);
        while (true)
        {
            ParallelQueue round = new();
            foreach (string id in waiting.ToArray())
            {
                await round.AddAsync(() => LookAsync(id, waiting, ended, failed, stop), AtOnce);
            }

            await round.FinishAsync();
            if (waiting.Count == 0)
            {
                break;
            }

            double left = timeoutSec - _clock.GetElapsedTime(began).TotalSeconds;
            if (left <= 0)
            {
                waiting.ForEach(id => late(id, _states.TryGetValue(id, out string? state) ? state : null));
                break;
            }

            Show(all - waiting.Count, all, (int)left);
            await Task.Delay(TimeSpan.FromSeconds(Math.Min(interval, left)), stop);
            interval = Math.Min(interval * Growth, LongestInterval);
        }

        cmdlet.WriteProgress(new ProgressRecord(Activity, "Waiting for submissions", "Done") { RecordType = ProgressRecordType.Completed });
    }

    private async Task LookAsync(
        string id, List<string> waiting, Action<Submission> ended, Action<string, MediaMagicException> failed, CancellationToken stop)
    {
        try
        {
            Submission submission = await client.Submissions.GetAsync(id, stop);
            _states[id] = submission.Status ?? SubmissionStatus.Unknown;
            if (SubmissionStatus.IsFinal(submission.Status))
            {
                waiting.Remove(id);
                ended(submission);
            }
        }
        catch (MediaMagicException failure)
        {
            waiting.Remove(id);
            failed(id, failure);
        }
    }

    private void Show(int done, int all, int secondsLeft)
    {
        if (_shown is long last && _clock.GetElapsedTime(last) < s_pace)
        {
            return;
        }

        _shown = _clock.GetTimestamp();
        IEnumerable<string> states = _states.Values.GroupBy(state => state).OrderBy(group => group.Key).Select(group => $"{group.Count()} {group.Key}");
        cmdlet.WriteProgress(new ProgressRecord(Activity, $"Waiting for {all} submission{(all == 1 ? string.Empty : "s")}", string.Join(", ", states))
        {
            PercentComplete = 100 * done / all,
            CurrentOperation = $"Giving up in {secondsLeft} s",
        });
    }
}
