using System.Collections.Generic;

namespace MediaMagic.Reports;

/// <summary>Writes the filters; without JavaScript they stay hidden, and everything is shown.</summary>
internal static class FilterForm
{
    public static void Write(HtmlWriter html, ReportTotals totals)
    {
        html.Write($"<form id=\"filter\" role=\"search\" aria-label=\"Filter the issues\" hidden=\"hidden\">");
        html.Write($"<p><label for=\"words\">Words</label> <input id=\"words\" name=\"words\" type=\"search\" autocomplete=\"off\" placeholder=\"in any text of an issue\" /></p>");
        html.Write($"<fieldset><legend>Severity</legend>");
        foreach (KeyValuePair<string, int> severity in SummarySection.Severities(totals))
        {
            html.Write($"<label><input type=\"checkbox\" name=\"severity\" value=\"{severity.Key}\" checked=\"checked\" /> {Words.Readable(severity.Key)}</label>");
        }

        html.Write($"</fieldset><p><label for=\"status\">Status</label> <select id=\"status\" name=\"status\"><option value=\"\">Any</option>");
        foreach (KeyValuePair<string, int> status in totals.IssueStates.ByCount())
        {
            html.Write($"<option value=\"{status.Key}\">{Words.Readable(status.Key)}</option>");
        }

        html.Write($"</select></p><p><label for=\"order\">Order</label> <select id=\"order\" name=\"order\"><option value=\"severity\">Gravest first</option><option value=\"number\">By number</option><option value=\"rule\">By rule</option><option value=\"status\">By status</option></select></p>");
        html.Write($"<p><button type=\"reset\">Show all</button></p></form>");
        html.Write($"<p id=\"shown\" role=\"status\" hidden=\"hidden\"></p>");
    }
}
