namespace MediaMagic.Reports;

/// <summary>Issues that stand together, the gravest first.</summary>
internal sealed class IssueGroup(string title, string? summary, Issue[] issues)
{
    /// <summary>What they have in common.</summary>
    public string Title { get; } = title;

    /// <summary>The same at more length.</summary>
    public string? Summary { get; } = summary;

    /// <summary>The issues.</summary>
    public Issue[] Issues { get; } = issues;
}
