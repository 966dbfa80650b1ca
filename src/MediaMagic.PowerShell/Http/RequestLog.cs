using System;
using System.IO;
using System.Text;
using System.Text.Json;
using System.Threading;
using MediaMagic.Errors;
using MediaMagic.Files;
using MediaMagic.IO;
using MediaMagic.Json;

namespace MediaMagic.Http;

/// <summary>
/// Appends one JSON line a request to a file that several sessions and processes may share. While another one holds the file,
/// the lines stay in memory and a timer retries: no call waits for its log.
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
    private readonly ITimer _retry;
    private long _dropped;
    private DateTimeOffset _lastDropped;

    /// <summary>Fails at once when the file cannot be written.</summary>
    public RequestLog(string path, TimeProvider clock)
    {
        _path = Path.GetFullPath(path);
        try
        {
            using FileStream probe = Open(EndTries);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new MediaMagicException(LocalErrors.LogNotWritten(path, failure.Message), failure);
        }

        _retry = clock.CreateTimer(_ => Flush(1), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
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

            Append(1);
        }
    }

    /// <summary>Writes the lines that still wait.</summary>
    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnExit;
        Flush(EndTries);
        _retry.Dispose();
    }

    // A script may end without closing its session.
    private void OnExit(object? sender, EventArgs e) => Flush(EndTries);

    private void Flush(int tries)
    {
        lock (_waiting)
        {
            if (_waiting.Length > 0)
            {
                Append(tries);
            }
        }
    }

    // A logging failure must not fail the request.
    private void Append(int tries)
    {
        try
        {
            lock (s_turn)
            {
                AppendAlone(tries);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            _retry.Change(s_retryDelay, Timeout.InfiniteTimeSpan);
        }
    }

    private void AppendAlone(int tries)
    {
        using FileStream file = Open(tries);
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

    private static string Text(LogLine line) => JsonSerializer.Serialize(line, LogJson.Default.LogLine) + "\n";

    private FileStream Open(int tries)
    {
        FileStream file = OpenAny(tries);
        if (file.CanSeek)
        {
            file.Seek(0, SeekOrigin.End);
            return file;
        }

        file.Dispose();
        throw new IOException("It is a pipe or a terminal. Use the path of a file.");
    }

    private FileStream OpenAny(int tries)
    {
        while (true)
        {
            try
            {
                return OpenOnce();
            }
            catch (IOException busy) when (--tries > 0 && busy is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException))
            {
                Thread.Yield();
            }
        }
    }

    // A pipe that is opened only to write blocks until something reads it. With both rights it opens at once, and without the right to read
    // only what is known to be a file is opened.
    private FileStream OpenOnce()
    {
        try
        {
            return PrivateFile.Open(_path, FileMode.OpenOrCreate, FileAccess.ReadWrite);
        }
        catch (UnauthorizedAccessException) when (FileProbe.Default.CanSeePipes && FileProbe.Default.Look(_path).Kind == SightKind.File)
        {
            return PrivateFile.Open(_path, FileMode.OpenOrCreate);
        }
    }
}
