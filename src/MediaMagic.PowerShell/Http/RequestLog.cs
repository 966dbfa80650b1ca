using System;
using System.Diagnostics;
using System.IO;
using System.Text;
using System.Text.Json;
using System.Threading;
using MediaMagic.Json;

namespace MediaMagic.Http;

/// <summary>Appends one JSON line a request to a file that several sessions and processes may share.</summary>
internal sealed class RequestLog
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);
    private readonly object _lock = new();
    private readonly string _path;

    /// <summary>Fails at once when the file cannot be written.</summary>
    public RequestLog(string path)
    {
        _path = Path.GetFullPath(path);
        using FileStream probe = Open();
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
        try
        {
            using FileStream file = Open();
            file.Write(bytes, 0, bytes.Length);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
        }
    }

    // Waits while another session or process writes its line.
    private FileStream Open()
    {
        Stopwatch clock = Stopwatch.StartNew();
        SpinWait wait = default;
        while (true)
        {
            try
            {
                return PrivateFile.Open(_path, FileMode.Append);
            }
            catch (IOException busy) when (busy is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException) && clock.Elapsed < s_patience)
            {
                wait.SpinOnce();
            }
        }
    }
}
