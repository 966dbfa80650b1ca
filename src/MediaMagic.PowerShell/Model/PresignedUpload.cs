using System;
using System.Collections.Generic;
using System.Text.Json.Serialization;

namespace MediaMagic;

/// <summary>An address to upload one file to, good for a limited time.</summary>
public sealed class PresignedUpload
{
    /// <summary>The signed address; whoever holds it may upload, so it is shown in no view.</summary>
    public string? UploadUrl { get; set; }

    /// <summary>Where the file will lie: what a submission names.</summary>
    public string? BlobPath { get; set; }

    /// <summary>When the address stops working.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>Everything that the service sent and this class does not name.</summary>
    [JsonExtensionData]
    public Dictionary<string, object?> AdditionalProperties { get; set; } = [];

    /// <inheritdoc/>
    public override string ToString() => BlobPath ?? string.Empty;
}
