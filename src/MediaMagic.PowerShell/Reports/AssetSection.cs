using System.Collections.Generic;
using System.Globalization;

namespace MediaMagic.Reports;

/// <summary>Writes an asset with its issues, by topic.</summary>
internal static class AssetSection
{
    // A browser lays out a list when it comes into view: in large reports these are the pieces.
    private const int AtOnce = 20;

    public static void Write(HtmlWriter html, ReportAsset asset, AssetRow row, IReadOnlyList<IssueGroup> groups)
    {
        html.Write($"<section class=\"asset\" id=\"{row.Anchor}\" aria-labelledby=\"{row.Anchor}-name\">");
        html.Write($"<h3 id=\"{row.Anchor}-name\" dir=\"auto\">{asset.Name}</h3>");
        html.Write($"<p class=\"facts\"><span class=\"state {Words.StateClass(asset.Status)}\">{Words.Readable(asset.Status)}</span> <span>{Words.Count(row.Severities.Total, "issue")}</span>");
        Fact(html, "Type", row.MimeType);
        Fact(html, "Version", row.Version?.ToString(CultureInfo.InvariantCulture));
        Fact(html, "Asset", asset.Listed.AssetId);
        Fact(html, "Submission", asset.Listed.SubmissionId);
        html.Write($"</p>");
        foreach (string note in Notes(asset, row.Severities.Total))
        {
            html.Write($"<p class=\"note\" dir=\"auto\">{note}</p>");
        }

        for (int i = 0; i < groups.Count; i++)
        {
            Group(html, groups[i], $"{row.Anchor}-{i + 1}");
        }

        html.Write($"</section>");
    }

    private static void Fact(HtmlWriter html, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            html.Write($"<span><span class=\"name\">{name}</span> <bdi>{value}</bdi></span>");
        }
    }

    private static void Group(HtmlWriter html, IssueGroup group, string id)
    {
        html.Write($"<section class=\"group\" aria-labelledby=\"{id}\">");
        html.Write($"<h4 id=\"{id}\" dir=\"auto\">{group.Title} <span class=\"count\">{group.Issues.Length}</span></h4>");
        if (!string.IsNullOrWhiteSpace(group.Summary))
        {
            html.Write($"<p dir=\"auto\">{group.Summary}</p>");
        }

        for (int i = 0; i < group.Issues.Length; i++)
        {
            if (i % AtOnce == 0)
            {
                html.Write($"<ol class=\"issues\">");
            }

            IssueCard.Write(html, group.Issues[i]);
            if (i % AtOnce == AtOnce - 1 || i == group.Issues.Length - 1)
            {
                html.Write($"</ol>");
            }
        }

        html.Write($"</section>");
    }

    private static IEnumerable<string> Notes(ReportAsset asset, int shown)
    {
        if (SubmissionStatus.IsFailed(asset.Status))
        {
            string kind = string.IsNullOrWhiteSpace(asset.Listed.ErrorType) ? string.Empty : $" ({asset.Listed.ErrorType})";
            string again = asset.Listed.IsRetryable == true ? " It can be retried." : string.Empty;
            string reason = string.IsNullOrWhiteSpace(asset.Listed.ErrorMessage) ? "the service gave no reason" : asset.Listed.ErrorMessage!.Trim().TrimEnd('.');
            yield return $"The analysis failed{kind}: {reason}.{again}";
        }
        else if (!SubmissionStatus.IsFinal(asset.Status))
        {
            yield return "The analysis had not finished when this report was written.";
        }
        else if (shown == 0 && asset.Problems.Count == 0 && asset.Counted is null or 0)
        {
            yield return "No issues were found.";
        }

        if (asset.Counted > shown)
        {
            yield return string.Format(CultureInfo.InvariantCulture, "The service counts {0:N0} issues and listed {1:N0}.", asset.Counted, shown);
        }

        foreach (string problem in asset.Problems)
        {
            yield return problem;
        }
    }
}
