namespace MediaMagic.Simulator;

/// <summary>A rule that a file can break, with the words of a finding.</summary>
internal sealed class IssueRule
{
    private IssueRule(string topic, string code, string severity, string summary, string headline, string reasoning, string precedent)
    {
        Topic = topic;
        Code = code;
        Severity = severity;
        Summary = summary;
        Headline = headline;
        Reasoning = reasoning;
        Precedent = precedent;
    }

    public static IssueRule[] All { get; } =
    [
        new(
            "Pricing claims", "CAP_3.17", "MAJOR", "Price without the charge that always applies", "A charge is missing from the price",
            "Viewers compare prices by the figure shown first; a charge that all pay belongs to it.", "Delivery fee left out of a price"),
        new(
            "Pricing claims", "CAP_8.4", "MAJOR", "Unsubstantiated pricing claim", "The saving is not backed by a reference price",
            "The saving is stated against a price whose period is not given.", "Reference price not held for long enough"),
        new(
            "Pricing claims", "CAP_3.22", "MINOR", "Conditions of the offer are hard to read", "Small print over a moving background",
            "The conditions stand for less than two seconds on a busy picture.", "Superimposed text held too briefly"),
        new(
            "Health claims", "CAP_12.1", "CRITICAL", "Health claim without evidence", "A medical effect is promised",
            "The voice-over promises relief and no study is named.", "Relief promised without trials"),
        new(
            "Health claims", "CAP_12.11", "MAJOR", "Testimonial implies a typical result", "One customer's result reads as everybody's",
            "Nothing tells the viewer that results vary.", "Before and after pictures without context"),
        new(
            "Accessibility", "WCAG_1.4.3", "MINOR", "Text contrast below 4.5 to 1", "White text on a light sky",
            "The closing title is hard to read for people with low vision.", "Contrast of closing titles"),
        new(
            "Disclosure", "CAP_2.1", "INFO", "Advertising label could stand earlier", "The label comes after the first scene",
            "The label is there; most platforms ask for it in the first seconds.", "Placement of an advertising label"),
    ];

    public string Topic { get; }

    public string Code { get; }

    public string Severity { get; }

    public string Summary { get; }

    public string Headline { get; }

    public string Reasoning { get; }

    public string Precedent { get; }
}
