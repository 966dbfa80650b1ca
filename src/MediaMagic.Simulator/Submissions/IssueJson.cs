using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace MediaMagic.Simulator;

/// <summary>Findings and topics as the API shows them.</summary>
internal static class IssueJson
{
    public static void Write(Utf8JsonWriter json, Issue issue, bool withRuleContext = false)
    {
        IssueRule rule = issue.Rule;
        json.WriteStartObject();
        json.WriteString("id", issue.Id);
        json.WriteNumber("referenceNumber", issue.ReferenceNumber);
        json.WriteString("ruleCode", rule.Code);
        json.WriteString("summary", rule.Summary);
        json.WriteString("severity", rule.Severity);
        json.WriteString("status", "OPEN");
        json.WriteOptional("sidekickId", issue.SidekickId);
        json.WriteString("createdAt", JsonText.Date(issue.CreatedAt));
        json.WriteString("updatedAt", JsonText.Date(issue.CreatedAt));
        json.WriteString("severityReasoning", rule.Reasoning);
        json.WriteString("severityReasoningHeadline", rule.Headline);
        json.WriteStartArray("precedents");
        json.WriteStartObject();
        json.WriteString("url", "https://example.com/rulings/" + rule.Code);
        json.WriteString("title", rule.Precedent);
        json.WriteString("decision", "Upheld");
        json.WriteString("date", "2024-01-01");
        json.WriteEndObject();
        json.WriteEndArray();
        if (withRuleContext)
        {
            json.WriteStartObject("ruleContext");
            json.WriteString("topic", rule.Topic);
            json.WriteString("parentRuleCode", rule.Code.Split('.')[0]);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    public static void Topics(
        Utf8JsonWriter json, string assetId, IReadOnlyList<IGrouping<string, Issue>> topics, IReadOnlyList<Issue> orphans)
    {
        json.WriteStartObject();
        json.WriteString("assetId", assetId);
        json.WriteStartArray("topics");
        foreach (IGrouping<string, Issue> topic in topics)
        {
            json.WriteStartObject();
            json.WriteString("id", assetId + "-" + topic.First().ReferenceNumber);
            json.WriteString("title", topic.Key);
            json.WriteString("summary", $"{topic.Count()} issues concern {topic.Key}");
            WriteAll(json, "issues", topic);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteAll(json, "orphanIssues", orphans);
        json.WriteStartObject("metadata");
        json.WriteNumber("topicCount", topics.Count);
        json.WriteNumber("issueCount", topics.Sum(topic => topic.Count()) + orphans.Count);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteAll(Utf8JsonWriter json, string name, IEnumerable<Issue> issues)
    {
        json.WriteStartArray(name);
        foreach (Issue issue in issues)
        {
            Write(json, issue);
        }

        json.WriteEndArray();
    }
}
