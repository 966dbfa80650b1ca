using System;

namespace MediaMagic.Simulator;

/// <summary>A finding.</summary>
internal sealed class Issue
{
    public Issue(string id, int referenceNumber, IssueRule rule, string? sidekickId, DateTimeOffset createdAt)
    {
        Id = id;
        ReferenceNumber = referenceNumber;
        Rule = rule;
        SidekickId = sidekickId;
        CreatedAt = createdAt;
    }

    public string Id { get; }

    public int ReferenceNumber { get; }

    public IssueRule Rule { get; }

    public string? SidekickId { get; }

    public DateTimeOffset CreatedAt { get; }
}
