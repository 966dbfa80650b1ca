using System;
using System.IO;
using System.Text;
using System.Text.Json;
using System.Threading;
using MediaMagic.Json;

namespace MediaMagic.Http;

/// <summary>Appends one JSON line a request to a file that several sessions and processes may share.</summary>
internal sealed class RequestLog
{
    private const int Tries = 200;
    private readonly object _lock = new();
    private readonly string _path;

    /// <summary>Fails at once when the file cannot be written.</summary>
    public RequestLog(string path)
    {
        _path = Path.GetFullPath(path);
        using FileStream probe = new(_path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
    }

    public void Write(RequestRecord record, ApiError? error)
    {
        LogLine line = new()
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
        };
        byte[] bytes = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(line, LogJson.Default.LogLine) + "\n");
        lock (_lock)
        {
            Append(bytes);
        }
    }

    // A log that cannot be written must not fail the work that it tells of.
    private void Append(byte[] bytes)
    {
        for (int attempt = 0; attempt < Tries; attempt++)
        {
            try
            {
                using FileStream file = new(_path, FileMode.Append, FileAccess.Write, FileShare.None, 1);
                file.Write(bytes, 0, bytes.Length);
                return;
            }
            catch (IOException)
            {
                Thread.Yield(); // Another process is writing its line.
            }
            catch (UnauthorizedAccessException)
            {
                return;
            }
        }
    }
}
