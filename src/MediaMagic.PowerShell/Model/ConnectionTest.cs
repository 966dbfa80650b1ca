namespace MediaMagic;

/// <summary>Whether the service can be reached and takes the key.</summary>
public sealed class ConnectionTest
{
    /// <summary>Whether it does.</summary>
    public bool Success { get; set; }

    /// <summary>The status that the service answered.</summary>
    public int? StatusCode { get; set; }

    /// <summary>What is wrong.</summary>
    public string? Detail { get; set; }

    /// <summary>How long the answer took, in milliseconds.</summary>
    public double LatencyMs { get; set; }

    /// <summary>Live or Sandbox, by the key.</summary>
    public string? Environment { get; set; }
}
