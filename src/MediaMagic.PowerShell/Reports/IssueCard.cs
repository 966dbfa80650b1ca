using System;
using System.Globalization;

namespace MediaMagic.Reports;

/// <summary>Writes one issue.</summary>
internal static class IssueCard
{
    public static void Write(HtmlWriter html, Issue issue)
    {
        string severity = Words.Severity(issue);
        string status = Words.Status(issue);
        html.Write($"<li class=\"issue {Words.SeverityClass(severity)}\" data-severity=\"{severity}\" data-order=\"{SeverityOrder.Of(severity)}\" data-status=\"{status}\" data-rule=\"{issue.RuleCode}\" data-number=\"{issue.ReferenceNumber}\">");
        html.Write($"<p class=\"what\"><span class=\"pill {Words.SeverityClass(severity)}\">{Words.Readable(severity)}</span> <span dir=\"auto\">{issue.Summary}</span></p>");
        html.Write($"<p class=\"facts\"><span class=\"status\">{Words.Readable(status)}</span>");
        Fact(html, "Rule", issue.RuleCode);
        Fact(html, "No.", issue.ReferenceNumber?.ToString(CultureInfo.InvariantCulture));
        if (issue.CreatedAt is DateTimeOffset found)
        {
            html.Write($"<span><span class=\"name\">Found</span> <time datetime=\"{found.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}\">{found.UtcDateTime:yyyy-MM-dd HH:mm} UTC</time></span>");
        }

        html.Write($"</p>");
        if (!string.IsNullOrWhiteSpace(issue.SeverityReasoningHeadline) || !string.IsNullOrWhiteSpace(issue.SeverityReasoning))
        {
            html.Write($"<p class=\"why\" dir=\"auto\"><b>{issue.SeverityReasoningHeadline}</b> {issue.SeverityReasoning}</p>");
        }

        Precedents(html, issue.Precedents);
        html.Write($"</li>");
    }

    private static void Fact(HtmlWriter html, string name, string? value)
    {
        if (!string.IsNullOrWhiteSpace(value))
        {
            html.Write($"<span><span class=\"name\">{name}</span> <bdi>{value}</bdi></span>");
        }
    }

    private static void Precedents(HtmlWriter html, Precedent[] precedents)
    {
        if (precedents.Length == 0)
        {
            return;
        }

        html.Write($"<ul class=\"precedents\" aria-label=\"Precedents\">");
        foreach (Precedent precedent in precedents)
        {
            string title = string.IsNullOrWhiteSpace(precedent.Title) ? precedent.Url ?? "Untitled" : precedent.Title!;
            html.Write($"<li><span class=\"name\">Precedent</span>");
            if (HtmlText.Link(precedent.Url) is Uri link)
            {
                // The host is shown, since a title can claim anything.
                html.Write($"<a href=\"{link.AbsoluteUri}\" rel=\"noopener noreferrer\"><bdi>{title}</bdi></a> <span class=\"host\">{link.IdnHost}</span>");
            }
            else
            {
                html.Write($"<bdi>{title}</bdi>");
            }

            Fact(html, "Decision", precedent.Decision);
            Fact(html, "Date", precedent.Date);
            html.Write($"</li>");
        }

        html.Write($"</ul>");
    }
}
