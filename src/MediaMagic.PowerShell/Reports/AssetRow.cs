namespace MediaMagic.Reports;

/// <summary>An asset's row in the table of all.</summary>
internal sealed class AssetRow(string anchor, ReportAsset asset)
{
    /// <summary>The id of its section in the page.</summary>
    public string Anchor { get; } = anchor;

    public string Name { get; } = asset.Name;

    public string Status { get; } = asset.Status;

    public string? MimeType { get; } = asset.Read?.MimeType;

    public string? SubmissionId { get; } = asset.Listed.SubmissionId;

    public int? Version { get; } = asset.Listed.VersionNumber ?? asset.Read?.VersionNumber;

    /// <summary>Its issues by severity.</summary>
    public Tally Severities { get; } = new(Words.Severities);
}
