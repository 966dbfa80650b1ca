using System.Collections.Generic;
using System.Text.Json.Serialization;

namespace MediaMagic;

/// <summary>What firing a sandbox event did.</summary>
public sealed class SandboxEventResult
{
    /// <summary>How many events were sent.</summary>
    public int? Dispatched { get; set; }

    /// <summary>Everything that the service sent and this class does not name.</summary>
    [JsonExtensionData]
    public Dictionary<string, object?> AdditionalProperties { get; set; } = [];
}
