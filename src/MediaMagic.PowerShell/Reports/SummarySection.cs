using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using MediaMagic.Formatting;

namespace MediaMagic.Reports;

/// <summary>Writes what the report is about in numbers.</summary>
internal static class SummarySection
{
    public static void Write(HtmlWriter html, ReportTotals totals)
    {
        Problems(html, totals.Problems);
        html.Write($"<section id=\"summary\" aria-labelledby=\"summary-name\"><h2 id=\"summary-name\">Summary</h2><ul class=\"tiles\">");
        Tile(html, totals.Submissions.Count, "Submissions");
        Tile(html, totals.Assets.Count, "Assets");
        Tile(html, totals.Assets.Count(static row => SubmissionStatus.IsFailed(row.Status)), "Failed assets");
        Tile(html, totals.Assets.Count(static row => !SubmissionStatus.IsFinal(row.Status)), "Unfinished assets");
        Tile(html, totals.Severities.Total, "Issues");
        Tile(html, totals.Severities[Severity.Critical], "Critical issues");
        html.Write($"</ul><div class=\"columns\"><div><h3>Issues by severity</h3>");
        IReadOnlyList<KeyValuePair<string, int>> severities = Severities(totals);
        SeverityChart.Write(html, severities);
        html.Write($"</div><div><h3>States</h3>");
        Counts(html, "Assets", totals.AssetStates);
        Counts(html, "Submissions", totals.SubmissionStates);
        Counts(html, "Issues", totals.IssueStates);
        html.Write($"<h3>Time from creation to end</h3>");
        Durations(html, totals.Durations);
        html.Write($"</div></div></section>");
    }

    /// <summary>Every known severity, counted or not, and what else was found, the gravest first.</summary>
    public static IReadOnlyList<KeyValuePair<string, int>> Severities(ReportTotals totals) =>
    [
        .. totals.Severities.By(SeverityOrder.Of).Where(static pair => SeverityOrder.Of(pair.Key) < 0),
        .. Words.Severities.Select(severity => new KeyValuePair<string, int>(severity, totals.Severities[severity])),
    ];

    private static void Problems(HtmlWriter html, List<string> problems)
    {
        if (problems.Count == 0)
        {
            return;
        }

        html.Write($"<section id=\"problems\" aria-labelledby=\"problems-name\"><h2 id=\"problems-name\">This report is incomplete</h2>");
        html.Write($"<p>{Words.Count(problems.Count, "request")} failed while it was written:</p><ul>");
        foreach (string problem in problems)
        {
            html.Write($"<li dir=\"auto\">{problem}</li>");
        }

        html.Write($"</ul></section>");
    }

    private static void Tile(HtmlWriter html, int count, string name) =>
        html.Write($"<li><span class=\"figure\">{count.ToString("N0", CultureInfo.InvariantCulture)}</span> <span class=\"name\">{name}</span></li>");

    private static void Counts(HtmlWriter html, string name, Tally tally)
    {
        if (tally.Total > 0)
        {
            IEnumerable<string> counts = tally.ByCount().Select(static pair => string.Format(CultureInfo.InvariantCulture, "{0:N0} {1}", pair.Value, Words.Small(pair.Key)));
            html.Write($"<p class=\"fact\"><span class=\"name\">{name}</span> <bdi>{string.Join(", ", counts)}</bdi></p>");
        }
    }

    private static void Durations(HtmlWriter html, IReadOnlyList<TimeSpan> durations)
    {
        if (durations.Count == 0)
        {
            html.Write($"<p>No submission has ended.</p>");
            return;
        }

        string median = Moments.Duration(durations[durations.Count / 2]);
        html.Write($"<p class=\"fact\"><span class=\"name\">Median</span> {median}</p>");
        html.Write($"<p class=\"fact\"><span class=\"name\">Range</span> {Moments.Duration(durations[0])} to {Moments.Duration(durations[durations.Count - 1])}</p>");
    }
}
