using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation;
using MediaMagic.Formatting;
using MediaMagic.Transfer;

namespace MediaMagic.Commands.Files;

/// <summary>One progress bar for all uploads of a command: bytes, rate, time left.</summary>
internal sealed class UploadBar(Cmdlet cmdlet, Action<Action> onPipeline)
{
    private const int Activity = 5171;
    private readonly Dictionary<string, UploadProgress> _running = new(StringComparer.Ordinal);
    private bool _shown;

    /// <summary>Where an upload reports to.</summary>
    public IProgress<UploadProgress> For(string path) => new Listener(progress => onPipeline(() => Show(path, progress)));

    /// <summary>The file is up.</summary>
    public void Done(string path) => _running.Remove(path);

    /// <summary>Takes the bar away.</summary>
    public void Complete()
    {
        if (_shown)
        {
            cmdlet.WriteProgress(new ProgressRecord(Activity, "Uploading", "Done") { RecordType = ProgressRecordType.Completed });
        }
    }

    private void Show(string path, UploadProgress progress)
    {
        _running[path] = progress;
        long sent = _running.Values.Sum(upload => upload.BytesSent);
        long total = Math.Max(1, _running.Values.Sum(upload => upload.TotalBytes));
        double rate = _running.Values.Sum(upload => upload.BytesPerSecond);
        string status = string.Format(
            CultureInfo.InvariantCulture, "{0:0.0} of {1:0.0} MB at {2:0.0} MB/s", sent / 1e6, total / 1e6, rate / 1e6);
        string activity = _running.Count == 1 ? $"Uploading {Look.Text(Path.GetFileName(path))}" : $"Uploading {_running.Count} files";
        cmdlet.WriteProgress(new ProgressRecord(Activity, activity, status)
        {
            PercentComplete = (int)(100 * sent / total),
            SecondsRemaining = rate > 0 ? (int)((total - sent) / rate) : -1,
        });
        _shown = true;
    }

    private sealed class Listener(Action<UploadProgress> show) : IProgress<UploadProgress>
    {
        public void Report(UploadProgress value) => show(value);
    }
}
