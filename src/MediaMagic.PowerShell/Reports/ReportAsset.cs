using System;
using System.Collections.Generic;
using System.Linq;

namespace MediaMagic.Reports;

/// <summary>What a report knows of an asset.</summary>
internal sealed class ReportAsset(SubmissionAsset listed)
{
    /// <summary>The asset as its submission lists it.</summary>
    public SubmissionAsset Listed { get; } = listed;

    /// <summary>The asset with its issues, where it could be read.</summary>
    public Asset? Read { get; set; }

    /// <summary>Its topics, where there are any to read.</summary>
    public TopicReport? Topics { get; set; }

    /// <summary>What could not be read.</summary>
    public List<string> Problems { get; } = [];

    /// <summary>The file's name; the id where that is not known.</summary>
    public string Name => First(Read?.FileName, Listed.AssetId, "An asset without a name");

    /// <summary>How far it is.</summary>
    public string Status => First(Listed.Status, Read?.Status, SubmissionStatus.Unknown);

    /// <summary>How many issues the service counts.</summary>
    public int? Counted => Read?.IssueCount ?? Listed.IssueCount;

    /// <summary>Its issues by topic, those of none last; each stands once.</summary>
    public List<IssueGroup> Groups()
    {
        Dictionary<string, Issue> whole = [];
        foreach (Issue issue in (Read?.Issues ?? []).Where(static issue => issue.Id is not null))
        {
            whole[issue.Id!] = issue;
        }

        HashSet<string> seen = new(StringComparer.Ordinal);
        List<IssueGroup> groups = [];
        foreach (Topic topic in Topics?.Topics ?? [])
        {
            groups.Add(new IssueGroup(First(topic.Title, topic.Id, "A topic without a title"), topic.Summary, Once(topic.Issues, whole, seen)));
        }

        Issue[] rest = [.. Once(Topics?.OrphanIssues ?? [], whole, seen), .. Once(Read?.Issues ?? [], whole, seen)];
        if (rest.Length > 0)
        {
            groups.Add(new IssueGroup(groups.Count > 0 ? "Other issues" : "Issues", null, rest));
        }

        return groups;
    }

    private static Issue[] Once(Issue[] issues, Dictionary<string, Issue> whole, HashSet<string> seen) =>
    [
        .. issues
            .Where(issue => issue.Id is null || seen.Add(issue.Id))
            .Select(issue => issue.Id is not null && whole.TryGetValue(issue.Id, out Issue? full) ? full : issue)
            .OrderBy(static issue => SeverityOrder.Of(issue.Severity))
            .ThenBy(static issue => issue.ReferenceNumber),
    ];

    private static string First(params string?[] texts) => texts.First(static text => !string.IsNullOrWhiteSpace(text))!;
}
