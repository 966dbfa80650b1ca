using System;

namespace MediaMagic.Http;

/// <summary>One line of the request log.</summary>
internal sealed class LogLine
{
    public DateTimeOffset Time { get; set; }

    public string? Level { get; set; }

    public string? Method { get; set; }

    public string? Path { get; set; }

    public int? Status { get; set; }

    public int Attempts { get; set; }

    public double Milliseconds { get; set; }

    public string? Code { get; set; }

    public string? Detail { get; set; }

    public FieldError[]? Fields { get; set; }
}
