using System.Collections.Generic;

namespace MediaMagic.Parameters;

/// <summary>Offers the known states of an issue.</summary>
public sealed class IssueStatusCompleter : WordCompleter
{
    private protected override IEnumerable<string?> Words(MMSession? session) => [IssueStatus.Open, IssueStatus.Acknowledged, IssueStatus.AwaitingHumanInput, IssueStatus.Resolved, IssueStatus.Dismissed];
}
