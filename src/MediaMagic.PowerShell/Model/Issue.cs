using System;
using System.Collections.Generic;
using System.Text.Json.Serialization;

namespace MediaMagic;

/// <summary>One compliance issue of an asset.</summary>
public sealed class Issue
{
    /// <summary>The issue's id.</summary>
    public string? Id { get; set; }

    /// <summary>The submission that it was found in.</summary>
    public string? SubmissionId { get; set; }

    /// <summary>The asset that it was found in.</summary>
    public string? AssetId { get; set; }

    /// <summary>Its number within the asset.</summary>
    public int? ReferenceNumber { get; set; }

    /// <summary>The rule that is concerned.</summary>
    public string? RuleCode { get; set; }

    /// <summary>What was found.</summary>
    public string? Summary { get; set; }

    /// <summary>CRITICAL, MAJOR, MINOR or INFO; the service may send others.</summary>
    public string? Severity { get; set; }

    /// <summary>OPEN, ACKNOWLEDGED, AWAITING_HUMAN_INPUT, RESOLVED or DISMISSED; the service may send others.</summary>
    public string? Status { get; set; }

    /// <summary>The sidekick that found it.</summary>
    public string? SidekickId { get; set; }

    /// <summary>When it was found.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>When it last changed.</summary>
    public DateTimeOffset? UpdatedAt { get; set; }

    /// <summary>Why it has that severity.</summary>
    public string? SeverityReasoning { get; set; }

    /// <summary>The same in a line.</summary>
    public string? SeverityReasoningHeadline { get; set; }

    /// <summary>Earlier decisions on like cases.</summary>
    public Precedent[] Precedents { get; set => field = Lists.Clean(value); } = [];

    /// <summary>Everything that the service sent and this class does not name.</summary>
    [JsonExtensionData]
    public Dictionary<string, object?> AdditionalProperties { get; set; } = [];

    /// <inheritdoc/>
    public override string ToString() => $"{Severity} {RuleCode}: {Summary}";
}
