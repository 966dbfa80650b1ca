using System;
using System.IO;
using System.Text;
using System.Text.Json;
using System.Threading;
using MediaMagic.Errors;
using MediaMagic.Json;

namespace MediaMagic.Http;

/// <summary>
/// Appends one JSON line a request to a file that several sessions and processes may share. While another one holds the file,
/// the lines stay in memory and a timer retries: no call waits for its log.
/// </summary>
internal sealed class RequestLog : IDisposable
{
    private const int MaxWaiting = 1024 * 1024;

    // Others hold the file only while they write a line. The thread spins that long, but does not sleep.
    private const int MaxSpins = 10;
    private static readonly TimeSpan s_retryDelay = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_endTimeout = TimeSpan.FromSeconds(1);
    private readonly StringBuilder _waiting = new();
    private readonly string _path;
    private readonly TimeProvider _clock;
    private readonly ITimer _retry;
    private long _dropped;
    private DateTimeOffset _lastDropped;

    /// <summary>Fails at once when the file cannot be written.</summary>
    public RequestLog(string path, TimeProvider clock)
    {
        _path = Path.GetFullPath(path);
        _clock = clock;
        try
        {
            using FileStream probe = Open(s_endTimeout);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new MediaMagicException(LocalErrors.LogNotWritten(path, failure.Message), failure);
        }

        _retry = clock.CreateTimer(_ => Flush(TimeSpan.Zero), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        AppDomain.CurrentDomain.ProcessExit += OnExit;
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
            if (_waiting.Length + line.Length > MaxWaiting)
            {
                _dropped++;
                _lastDropped = record.Time;
            }
            else
            {
                _waiting.Append(line);
            }

            Append(TimeSpan.Zero);
        }
    }

    /// <summary>Writes the lines that still wait.</summary>
    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnExit;
        Flush(s_endTimeout);
        _retry.Dispose();
    }

    // A script may end without closing its session.
    private void OnExit(object? sender, EventArgs e) => Flush(s_endTimeout);

    private void Flush(TimeSpan timeout)
    {
        lock (_waiting)
        {
            if (_waiting.Length > 0)
            {
                Append(timeout);
            }
        }
    }

    // A logging failure must not fail the request.
    private void Append(TimeSpan timeout)
    {
        try
        {
            using FileStream file = Open(timeout);
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
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            _retry.Change(s_retryDelay, Timeout.InfiniteTimeSpan);
        }
    }

    private static string Text(LogLine line) => JsonSerializer.Serialize(line, LogJson.Default.LogLine) + "\n";

    private FileStream Open(TimeSpan timeout)
    {
        long began = _clock.GetTimestamp();
        SpinWait wait = default;
        while (true)
        {
            try
            {
                return PrivateFile.Open(_path, FileMode.Append);
            }
            catch (IOException busy) when (busy is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException)
                && (wait.Count < MaxSpins || _clock.GetElapsedTime(began) < timeout))
            {
                wait.SpinOnce();
            }
        }
    }
}
