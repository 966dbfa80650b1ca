using System;
using System.Collections.Generic;

namespace MediaMagic.Simulator;

/// <summary>A request that the simulator answered.</summary>
public sealed class SimulatorRequest
{
    internal SimulatorRequest(
        DateTimeOffset time, string method, string path, string? bucket, int status, IReadOnlyDictionary<string, string> headers)
    {
        Time = time;
        Method = method;
        Path = path;
        Bucket = bucket;
        Status = status;
        Headers = headers;
    }

    /// <summary>When it arrived.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>The method.</summary>
    public string Method { get; }

    /// <summary>The path and query as sent, without the signature of a presigned URL.</summary>
    public string Path { get; }

    /// <summary>The rate-limit bucket; none for storage and unknown paths.</summary>
    public string? Bucket { get; }

    /// <summary>The status answered; 0 when the connection was dropped, 499 when the client left first.</summary>
    public int Status { get; }

    /// <summary>The headers sent, with secrets redacted; names in any case.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; }
}
