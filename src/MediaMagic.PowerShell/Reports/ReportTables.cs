using System;
using System.Globalization;
using MediaMagic.Formatting;

namespace MediaMagic.Reports;

/// <summary>Writes the tables: a row for each submission, a row for each asset.</summary>
internal static class ReportTables
{
    public static void Submissions(HtmlWriter html, ReportTotals totals)
    {
        Open(html, "submissions", "Submissions", "Submission", "Status", "#Progress", "Created", "#Time taken", "#Assets", "Error");
        foreach (SubmissionRow row in totals.Submissions)
        {
            html.Write($"<tr><th scope=\"row\" class=\"id\"><bdi>{row.Id}</bdi></th><td><span class=\"state {Words.StateClass(row.Status)}\">{Words.Readable(row.Status)}</span></td>");
            Number(html, row.Progress, row.Progress is null ? string.Empty : row.Progress + " %");
            html.Write($"<td data-value=\"{row.CreatedAt?.UtcDateTime:o}\">{row.CreatedAt?.UtcDateTime:yyyy-MM-dd HH:mm}</td>");
            Number(html, row.Duration?.TotalSeconds, row.Duration is TimeSpan taken ? Moments.Duration(taken) : string.Empty);
            Number(html, row.Assets, row.Assets.ToString("N0", CultureInfo.InvariantCulture));
            html.Write($"<td dir=\"auto\">{row.Error}</td></tr>");
        }

        Close(html);
    }

    public static void Assets(HtmlWriter html, ReportTotals totals)
    {
        Open(html, "assets", "Assets", "File", "Status", "#Issues", "#Critical", "#Major", "#Minor", "#Info", "Type", "#Version", "Submission");
        foreach (AssetRow row in totals.Assets)
        {
            html.Write($"<tr data-asset=\"{row.Anchor}\"><th scope=\"row\"><a href=\"#{row.Anchor}\"><bdi>{row.Name}</bdi></a></th>");
            html.Write($"<td><span class=\"state {Words.StateClass(row.Status)}\">{Words.Readable(row.Status)}</span></td>");
            Count(html, row.Severities.Total);
            Count(html, row.Severities[Severity.Critical]);
            Count(html, row.Severities[Severity.Major]);
            Count(html, row.Severities[Severity.Minor]);
            Count(html, row.Severities[Severity.Info]);
            html.Write($"<td><bdi>{row.MimeType}</bdi></td>");
            Number(html, row.Version, row.Version?.ToString(CultureInfo.InvariantCulture));
            html.Write($"<td class=\"id\"><bdi>{row.SubmissionId}</bdi></td></tr>");
        }

        Close(html);
    }

    // A name with # before it heads a column of numbers.
    private static void Open(HtmlWriter html, string id, string title, params string[] columns)
    {
        html.Write($"<section id=\"{id}\" aria-labelledby=\"{id}-name\"><h2 id=\"{id}-name\">{title}</h2>");
        html.Write($"<div class=\"scroll\" role=\"region\" aria-labelledby=\"{id}-name\" tabindex=\"0\"><table><thead><tr>");
        foreach (string column in columns)
        {
            html.Write($"<th scope=\"col\" class=\"{(column[0] == '#' ? "number" : "text")}\">{column.TrimStart('#')}</th>");
        }

        html.Write($"</tr></thead><tbody>");
    }

    private static void Count(HtmlWriter html, int count) => Number(html, count, count.ToString("N0", CultureInfo.InvariantCulture));

    private static void Number(HtmlWriter html, double? value, string? text) =>
        html.Write($"<td class=\"number{(value == 0 ? " none" : string.Empty)}\" data-value=\"{value}\">{text}</td>");

    private static void Close(HtmlWriter html) => html.Write($"</tbody></table></div></section>");
}
