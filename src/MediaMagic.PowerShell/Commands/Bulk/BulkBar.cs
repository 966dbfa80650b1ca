using System;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using MediaMagic.Bulk;

namespace MediaMagic.Commands.Bulk;

/// <summary>One progress bar for a bulk run: files by state, bytes, rate, time left; told anew five times a second.</summary>
internal sealed class BulkBar : IDisposable
{
    private const int Activity = 5173;
    private static readonly TimeSpan s_pace = TimeSpan.FromMilliseconds(200);

    private readonly Cmdlet _cmdlet;
    private readonly BulkRun _run;
    private readonly Action<Action> _onPipeline;
    private readonly ITimer _timer;
    private int _waiting;
    private bool _over;

    public BulkBar(Cmdlet cmdlet, BulkRun run, Action<Action> onPipeline)
    {
        _cmdlet = cmdlet;
        _run = run;
        _onPipeline = onPipeline;
        _timer = TimeProvider.System.CreateTimer(_ => Tick(), null, s_pace, s_pace);
    }

    /// <summary>Takes the bar away.</summary>
    public void Complete()
    {
        _over = true;
        _timer.Dispose();
        _cmdlet.WriteProgress(new ProgressRecord(Activity, "Submitting files", "Done") { RecordType = ProgressRecordType.Completed });
    }

    public void Dispose() => _timer.Dispose();

    // The pipeline may be busy with something else for long: one update waits for it, not one for every tick.
    private void Tick()
    {
        if (Interlocked.Exchange(ref _waiting, 1) == 0)
        {
            _onPipeline(Show);
        }
    }

    private void Show()
    {
        Volatile.Write(ref _waiting, 0);
        if (_over)
        {
            return;
        }

        BulkProgress progress = _run.Progress;
        double rate = progress.BytesSent / Math.Max(progress.Elapsed.TotalSeconds, 0.001);
        string states = string.Join(", ", progress.States.Select(pair => $"{pair.Value} {pair.Key.ToLowerInvariant()}"));
        _cmdlet.WriteProgress(new ProgressRecord(Activity, "Submitting files", $"{progress.Done} of {progress.Files}{(states.Length > 0 ? ": " + states : string.Empty)}")
        {
            PercentComplete = progress.Files == 0 ? 0 : (int)(100 * progress.Done / progress.Files),
            CurrentOperation = string.Format(CultureInfo.InvariantCulture, "{0:0.0} MB sent at {1:0.0} MB/s", progress.BytesSent / 1e6, rate / 1e6),
            SecondsRemaining = progress.Done == 0 ? -1 : (int)(progress.Elapsed.TotalSeconds * (progress.Files - progress.Done) / progress.Done),
        });
    }
}
