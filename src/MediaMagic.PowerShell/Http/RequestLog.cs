using System;
using System.IO;
using System.Security;
using System.Text;
using System.Text.Json;
using System.Threading;
using MediaMagic.Errors;
using MediaMagic.Files;
using MediaMagic.IO;
using MediaMagic.Json;

namespace MediaMagic.Http;

/// <summary>
/// Appends one JSON line a request to a file that several sessions and processes may share, and that any program may read. While another program does
/// not share the file, the lines stay in memory and a timer retries: no call waits for its log, and none fails by it.
/// </summary>
internal sealed class RequestLog : IDisposable
{
    private const int MaxWaiting = 1024 * 1024;

    // Another process holds the file only while it writes a line. At the end no timer is left to try again.
    private const int EndTries = 1000;
    private static readonly TimeSpan s_retryDelay = TimeSpan.FromMilliseconds(100);

    // The sessions of this process take turns.
    private static readonly object s_turn = new();
    private readonly StringBuilder _waiting = new();
    private readonly string _path;
    private readonly AppendFile _file;
    private readonly ITimer _retry;
    private long _lines;
    private long _dropped;
    private DateTimeOffset _lastDropped;
    private string? _problem;
    private bool _hasWarned;
    private bool _isOver;

    /// <summary>Fails at once when the file cannot be written.</summary>
    public RequestLog(string path, TimeProvider clock)
        : this(path, clock, static file => new AppendFile(file, IsFile))
    {
    }

    /// <summary>Appends to a file of the caller's own kind.</summary>
    public RequestLog(string path, TimeProvider clock, Func<string, AppendFile> open)
    {
        try
        {
            _path = Path.GetFullPath(path);
            if (SightWords.NoFile(FileProbe.Default.Look(_path).Kind) is string other)
            {
                throw new IOException($"it is {other}. Use the path of a file.");
            }

            _file = open(_path);
            Try(EndTries, _file.Check);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException or SecurityException)
        {
            throw new MediaMagicException(LocalErrors.LogNotWritten(path, failure.Message), failure);
        }

        _retry = clock.CreateTimer(_ => Flush(isEnd: false), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        AppDomain.CurrentDomain.ProcessExit += OnExit;
    }

    /// <summary>Gets a sentence about the lines that the end of the session lost; null when it lost none.</summary>
    public string? Loss { get; private set; }

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
                _problem ??= "another program does not share it, and too many lines wait";
            }
            else
            {
                _waiting.Append(line);
                _lines++;
            }

            Append(_isOver);
        }
    }

    /// <summary>Returns a sentence about a log that cannot be written, once; null when there is nothing to say.</summary>
    public string? TakeWarning()
    {
        lock (_waiting)
        {
            if (_hasWarned || _problem is null)
            {
                return null;
            }

            _hasWarned = true;
            return $"The log '{_path}' cannot be written: {_problem.TrimEnd('.')}. The requests go on, and their lines wait in memory.";
        }
    }

    /// <summary>Writes the lines that still wait. A request may end later, and no timer is left to try its line again.</summary>
    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnExit;
        lock (_waiting)
        {
            _isOver = true;
        }

        Flush(isEnd: true);
        _retry.Dispose();
    }

    private static bool IsFile(string path) => FileProbe.Default.CanSeePipes && FileProbe.Default.Look(path).Kind == SightKind.File;

    private static string Text(LogLine line) => JsonSerializer.Serialize(line, LogJson.Default.LogLine) + "\n";

    private static void Try(int tries, Action work)
    {
        while (true)
        {
            try
            {
                work();
                return;
            }
            catch (IOException failure) when (--tries > 0 && FileSharing.IsHeld(failure))
            {
                Thread.Yield();
            }
        }
    }

    // A script may end without closing its session.
    private void OnExit(object? sender, EventArgs e)
    {
        Flush(isEnd: true);
        if (Loss is not string loss)
        {
            return;
        }

        try
        {
            Console.Error.WriteLine(loss);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            // An exception here would abort the process, and change its exit code.
        }
    }

    private void Flush(bool isEnd)
    {
        lock (_waiting)
        {
            if (_waiting.Length > 0)
            {
                Append(isEnd);
            }
        }
    }

    // A logging failure must not fail the request, whatever it is.
    private void Append(bool isEnd)
    {
        byte[] lines = [];
        try
        {
            lines = Encoding.UTF8.GetBytes(_waiting + Dropped());
            lock (s_turn)
            {
                Try(isEnd ? EndTries : 1, () => _file.Append(lines));
            }

            Forget();
        }
        catch (Exception failure)
        {
            if (isEnd)
            {
                AppendAtEnd(lines, failure);
                return;
            }

            if (!FileSharing.IsHeld(failure))
            {
                _problem ??= failure.Message;
            }

            _retry.Change(s_retryDelay, Timeout.InfiniteTimeSpan);
        }
    }

    private void AppendAtEnd(byte[] lines, Exception failure)
    {
        try
        {
            if (FileSharing.IsHeld(failure) && _file.AppendAnyway(lines))
            {
                Forget();
                return;
            }
        }
        catch (Exception last)
        {
            failure = last;
        }

        long lost = _lines + _dropped;
        Loss = $"The log '{_path}' lost its last {(lost == 1 ? "line" : $"{lost} lines")}: {failure.Message.TrimEnd('.')}.";
    }

    private string Dropped() => _dropped == 0 ? string.Empty : Text(new LogLine
    {
        Time = _lastDropped,
        Level = "warning",
        Detail = $"The file could not be written for so long that {_dropped} lines were dropped, the last one of this time.",
    });

    private void Forget()
    {
        _waiting.Clear();
        (_lines, _dropped) = (0, 0);
        _problem = null;
    }
}
