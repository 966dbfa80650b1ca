using System;
using System.Collections.Generic;

namespace MediaMagic;

/// <summary>One file that was uploaded, and where it lies now.</summary>
public sealed class Upload
{
    /// <summary>The file, as it was named.</summary>
    public string? Path { get; set; }

    /// <summary>Where it lies: what a submission names.</summary>
    public string? BlobPath { get; set; }

    /// <summary>The content type that it was uploaded as.</summary>
    public string? ContentType { get; set; }

    /// <summary>Its length in bytes.</summary>
    public long Length { get; set; }

    /// <summary>The way it went: Direct, through the service, or Presigned, straight to storage.</summary>
    public string? Method { get; set; }

    /// <summary>How many blocks it went in; 0 when one request carried it whole.</summary>
    public int BlockCount { get; set; }

    /// <summary>Gets or sets how many bytes an interrupted upload of the file had sent, and this one did not send again.</summary>
    public long ResumedBytes { get; set; }

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; set; }

    /// <summary>Gets or sets how many bytes a second were sent.</summary>
    public double BytesPerSecond { get; set; }

    /// <summary>Everything that the service sent and this class does not name.</summary>
    public Dictionary<string, object?> AdditionalProperties { get; set; } = [];

    /// <inheritdoc/>
    public override string ToString() => BlobPath ?? string.Empty;
}
