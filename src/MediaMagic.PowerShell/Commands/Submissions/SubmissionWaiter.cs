using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Client;
using MediaMagic.Formatting;

namespace MediaMagic.Commands.Submissions;

/// <summary>Waits for many submissions behind one progress bar.</summary>
internal sealed class SubmissionWaiter(Cmdlet cmdlet, Action<Action> onPipeline, MediaMagicClient client, double timeoutSec, double pollIntervalSec)
{
    private const int Activity = 5172;
    private static readonly TimeSpan s_pace = TimeSpan.FromMilliseconds(200);

    private readonly TimeProvider _clock = TimeProvider.System;
    private readonly Dictionary<string, string> _states = new(StringComparer.Ordinal);
    private readonly HashSet<string> _troubles = new(StringComparer.Ordinal);
    private ExceptionDispatchInfo? _end;
    private long _began;
    private long? _shown;
    private int _done;

    /// <summary>Waits for all of them; <paramref name="ended"/> gets each as it ends, <paramref name="failed"/> those that could not be waited for.</summary>
    public async Task WaitAsync(IEnumerable<string> ids, Action<Submission> ended, Action<string, MediaMagicException> failed, CancellationToken stop)
    {
        string[] all = [.. ids.Distinct(StringComparer.Ordinal)];
        _began = _clock.GetTimestamp();
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using SubmissionPoller poller = new(client.Submissions, _clock, TimeSpan.FromSeconds(pollIntervalSec), (id, trouble) => onPipeline(() => Tell(id, trouble, all.Length)));
        await Task.WhenAll(all.Select(WaitForOneAsync));
        _end?.Throw();
        stop.ThrowIfCancellationRequested();
        cmdlet.WriteProgress(new ProgressRecord(Activity, "Waiting for submissions", "Done") { RecordType = ProgressRecordType.Completed });

        async Task WaitForOneAsync(string id)
        {
            try
            {
                Submission submission = await poller.WaitAsync(
                    id, TimeSpan.FromSeconds(timeoutSec), seen => onPipeline(() => Show(id, seen.Status ?? SubmissionStatus.Unknown, all.Length)), end.Token);
                _states[id] = submission.Status!;
                _done++;
                ended(submission);
            }
            catch (OperationCanceledException) when (end.IsCancellationRequested)
            {
                // Told below, or by whoever ended it.
            }
            catch (MediaMagicException failure) when (_end is null)
            {
                _done++;
                Guarded(() => failed(id, failure), end);
            }
            catch (Exception failure)
            {
                // The pipeline wants no more.
                _end ??= ExceptionDispatchInfo.Capture(failure);
                end.Cancel();
            }
        }
    }

    private void Guarded(Action tell, CancellationTokenSource end)
    {
        try
        {
            tell();
        }
        catch (Exception failure)
        {
            _end ??= ExceptionDispatchInfo.Capture(failure);
            end.Cancel();
        }
    }

    // Many submissions meet the same trouble many times: one line is enough, and the progress shows that it lasts.
    private void Tell(string id, ApiError trouble, int all)
    {
        if (_troubles.Add($"{trouble.StatusCode} {trouble.Code}"))
        {
            cmdlet.WriteVerbose($"Submission {id} could not be read, and will be asked for again until the time is up: {trouble}");
        }

        Show(id, trouble.Code, all);
    }

    private void Show(string id, string state, int all)
    {
        _states[id] = state;
        if (_shown is long last && _clock.GetElapsedTime(last) < s_pace)
        {
            return;
        }

        _shown = _clock.GetTimestamp();
        IEnumerable<string> states = _states.Values.GroupBy(state => state).OrderBy(group => group.Key).Select(group => $"{group.Count()} {Look.Text(group.Key)}");
        double left = Math.Max(0, timeoutSec - _clock.GetElapsedTime(_began).TotalSeconds);
        cmdlet.WriteProgress(new ProgressRecord(Activity, $"Waiting for {all} submission{(all == 1 ? string.Empty : "s")}", string.Join(", ", states))
        {
            PercentComplete = 100 * _done / all,
            CurrentOperation = $"Giving up in {(int)left} s",
        });
    }
}
