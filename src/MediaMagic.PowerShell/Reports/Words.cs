using System.Globalization;
using MediaMagic.Errors;

namespace MediaMagic.Reports;

/// <summary>The words for what may be missing or unknown.</summary>
internal static class Words
{
    private const string NotSaid = "UNKNOWN";
    private const int Longest = 40;

    /// <summary>The severities that are known, the gravest first.</summary>
    public static readonly string[] Severities = [MediaMagic.Severity.Critical, MediaMagic.Severity.Major, MediaMagic.Severity.Minor, MediaMagic.Severity.Info];

    public static string Severity(Issue issue) => Upper(issue.Severity);

    public static string Status(Issue issue) => Upper(issue.Status);

    /// <summary>The class under which the style sheet knows a severity.</summary>
    public static string SeverityClass(string severity) => SeverityOrder.Of(severity) < 0 ? "other" : Lower(severity);

    /// <summary>The class under which the style sheet knows a state.</summary>
    public static string StateClass(string status) => SubmissionStatus.IsFailed(status) ? "failed" : SubmissionStatus.IsFinal(status) ? "complete" : "open";

    /// <summary>A constant such as AWAITING_HUMAN_INPUT as people write it.</summary>
    public static string Readable(string word)
    {
        string text = Small(word);
        return text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text.Substring(1);
    }

    /// <summary>The same within a sentence.</summary>
    public static string Small(string word) => Lower(Clean(word)).Replace('_', ' ');

    /// <summary>So many of something.</summary>
    public static string Count(int count, string one) =>
        string.Format(CultureInfo.InvariantCulture, "{0:N0} {1}{2}", count, one, count == 1 ? string.Empty : "s");

    private static string Upper(string? text) => string.IsNullOrWhiteSpace(text) ? NotSaid : Clean(text!).ToUpperInvariant();

    // Secrets are known by their shape, which another case and other marks would hide.
    private static string Clean(string text) => SafeText.OneLine(Redactor.Default.Redact(SafeText.Harmless(text)), Longest);

#pragma warning disable CA1308 // For people and style sheets, not for comparing.
    private static string Lower(string text) => text.ToLowerInvariant();
#pragma warning restore CA1308
}
