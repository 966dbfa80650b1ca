using System;
using System.Collections.Generic;
using System.Globalization;
using MediaMagic.Errors;

namespace MediaMagic.Reports;

/// <summary>Draws how many issues there are of each severity; the same stands beside it as words.</summary>
internal static class SeverityChart
{
    private const int Width = 640;
    private const int Step = 34;
    private const int Bar = 22;
    private const int Left = 110;
    private const int Right = 90;
    private const int LongestName = 13;

    public static void Write(HtmlWriter html, IReadOnlyList<KeyValuePair<string, int>> severities)
    {
        int height = severities.Count * Step;
        int most = 1;
        List<string> words = [];
        foreach (KeyValuePair<string, int> severity in severities)
        {
            most = Math.Max(most, severity.Value);
            words.Add(string.Format(CultureInfo.InvariantCulture, "{0}: {1:N0}", Words.Readable(severity.Key), severity.Value));
        }

        html.Write($"<figure class=\"chart\"><svg viewBox=\"0 0 {Width} {height}\" role=\"img\" aria-labelledby=\"chart-title chart-text\">");
        html.Write($"<title id=\"chart-title\">Issues by severity</title><desc id=\"chart-text\">{string.Join(", ", words)}</desc>");
        for (int i = 0; i < severities.Count; i++)
        {
            string name = Words.Readable(severities[i].Key);
            int count = severities[i].Value;
            int length = count == 0 ? 0 : Math.Max(3, (int)((long)count * (Width - Left - Right) / most));
            int top = i * Step + (Step - Bar) / 2;
            int line = top + Bar - 6;
            html.Write($"<text x=\"{Left - 12}\" y=\"{line}\" class=\"label\">{SafeText.Cut(name, LongestName)}</text>");
            html.Write($"<rect x=\"{Left}\" y=\"{top}\" width=\"{length}\" height=\"{Bar}\" rx=\"3\" class=\"bar {Words.SeverityClass(severities[i].Key)}\" />");
            html.Write($"<text x=\"{Left + length + 8}\" y=\"{line}\" class=\"value\">{count:N0}</text>");
        }

        html.Write($"</svg></figure>");
    }
}
