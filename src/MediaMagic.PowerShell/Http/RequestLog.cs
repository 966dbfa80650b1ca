using System;
using System.Diagnostics;
using System.IO;
using System.Text;
using System.Text.Json;
using System.Threading;
using MediaMagic.Errors;
using MediaMagic.Json;

namespace MediaMagic.Http;

/// <summary>
/// Appends one JSON line a request to a file that several sessions and processes may share. While somebody holds the file,
/// the lines wait in memory: no call waits for its log.
/// </summary>
internal sealed class RequestLog
{
    private const int MostWaiting = 1024 * 1024;
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_longPatience = TimeSpan.FromSeconds(1);
    private readonly StringBuilder _waiting = new();
    private readonly string _path;
    private bool _held;
    private long _dropped;
    private DateTimeOffset _lastDropped;

    /// <summary>Fails at once when the file cannot be written.</summary>
    public RequestLog(string path)
    {
        _path = Path.GetFullPath(path);
        try
        {
            using FileStream probe = Open(s_longPatience);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new MediaMagicException(LocalErrors.LogNotWritten(path, failure.Message), failure);
        }
    }

    public void Write(RequestRecord record, ApiError? error)
    {
        string line = Text(new LogLine
        {
            Time = record.Time,
            Level = error is null ? "info" : "error",
            Method = record.Method,
            Path = record.Path,
            Status = record.StatusCode,
            Attempts = record.Attempts,
            Milliseconds = Math.Round(record.DurationMs, 1),
            Code = error?.Code,
            Detail = error?.Detail ?? error?.Message,
            Fields = error is { Fields.Length: > 0 } ? error.Fields : null,
        });
        lock (_waiting)
        {
            if (_waiting.Length + line.Length > MostWaiting)
            {
                _dropped++;
                _lastDropped = record.Time;
            }
            else
            {
                _waiting.Append(line);
            }

            // Those who share the file hold it for a moment only; who did not let go of it in time may hold it for long.
            Append(_held ? TimeSpan.Zero : s_patience);
        }
    }

    /// <summary>Tries once more to write what is waiting.</summary>
    public void Flush()
    {
        lock (_waiting)
        {
            if (_waiting.Length > 0)
            {
                Append(s_longPatience);
            }
        }
    }

    // A log that cannot be written must not fail the work that it tells of.
    private void Append(TimeSpan patience)
    {
        try
        {
            using FileStream file = Open(patience);
            long end = file.Position;
            string dropped = _dropped == 0 ? string.Empty : Text(new LogLine
            {
                Time = _lastDropped,
                Level = "warning",
                Detail = $"The file could not be written for so long that {_dropped} lines were dropped, the last one of this time.",
            });
            byte[] lines = Encoding.UTF8.GetBytes(_waiting + dropped);
            try
            {
                file.Write(lines, 0, lines.Length);
            }
            catch (IOException)
            {
                // The disk is full: no half of a line stays in the way of the whole one.
                file.SetLength(end);
                throw;
            }

            _waiting.Clear();
            _dropped = 0;
            _held = false;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            _held = true;
        }
    }

    private static string Text(LogLine line) => JsonSerializer.Serialize(line, LogJson.Default.LogLine) + "\n";

    // Waits while another session or process writes its line.
    private FileStream Open(TimeSpan patience)
    {
        Stopwatch clock = Stopwatch.StartNew();
        SpinWait wait = default;
        while (true)
        {
            try
            {
                return PrivateFile.Open(_path, FileMode.Append);
            }
            catch (IOException busy) when (busy is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException) && clock.Elapsed < patience)
            {
                wait.SpinOnce();
            }
        }
    }
}
