using System;
using System.Reflection;

namespace MediaMagic.Reports;

/// <summary>Writes the page around the assets: what comes before them, and what comes after.</summary>
internal static class ReportPage
{
    // From here on a browser lays out only what is in view.
    private const int Many = 500;

    public static void Begin(HtmlWriter html, string title, ReportTotals totals, DateTimeOffset now)
    {
        string policy = $"default-src 'none'; style-src '{ReportResource.Style.Hash}'; script-src '{ReportResource.Script.Hash}'; base-uri 'none'; form-action 'none'";
        string version = typeof(ReportPage).Assembly.GetCustomAttribute<AssemblyFileVersionAttribute>()?.Version ?? string.Empty;
        html.Write($"<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\" />");
        html.Write($"<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\" />");
        html.Write($"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\" />\n<meta name=\"referrer\" content=\"no-referrer\" />");
        html.Write($"<meta name=\"color-scheme\" content=\"light dark\" />\n<meta name=\"generator\" content=\"MediaMagic.PowerShell {version}\" />");
        html.Write($"<title>{title}</title>");
        html.WriteOurs($"<style>{ReportResource.Style.Text}</style>\n</head>\n<body>\n");
        html.Write($"<a class=\"skip\" href=\"#issues\">Skip to the issues</a>");
        html.Write($"<header><h1 dir=\"auto\">{title}</h1><p>Written <time datetime=\"{now.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}\">{now.UtcDateTime:yyyy-MM-dd HH:mm} UTC</time> from {Words.Count(totals.Submissions.Count, "submission")}</p></header>\n<main>");
        SummarySection.Write(html, totals);
        ReportTables.Submissions(html, totals);
        ReportTables.Assets(html, totals);
        html.Write($"<section id=\"issues\" class=\"{(totals.Severities.Total > Many ? "many" : "few")}\" aria-labelledby=\"issues-name\"><h2 id=\"issues-name\">Issues</h2>");
        FilterForm.Write(html, totals);
    }

    public static void End(HtmlWriter html)
    {
        html.Write($"</section>\n</main>");
        html.WriteOurs($"<script>{ReportResource.Script.Text}</script>\n</body>\n</html>\n");
    }
}
