namespace MediaMagic;

/// <summary>One error that is known: what it means and what to do.</summary>
public sealed class ErrorCatalogEntry
{
    /// <summary>Whose error it is.</summary>
    public string System { get; set; } = ErrorSystem.MediaMagic;

    /// <summary>The HTTP status it comes with; null: several, or none.</summary>
    public int? StatusCode { get; set; }

    /// <summary>The stable word for it.</summary>
    public string Code { get; set; } = ErrorCode.Unknown;

    /// <summary>What it means.</summary>
    public string Meaning { get; set; } = string.Empty;

    /// <summary>What to do or type next.</summary>
    public string RecommendedAction { get; set; } = string.Empty;

    /// <summary>Whether the same request may succeed later.</summary>
    public bool Retryable { get; set; }

    /// <summary>The name of the PowerShell error category.</summary>
    public string Category { get; set; } = "NotSpecified";

    /// <inheritdoc/>
    public override string ToString() => StatusCode is int status ? $"{System} {status} {Code}" : $"{System} {Code}";
}
