using System;
using System.Collections.Generic;
using System.Linq;

namespace MediaMagic.Reports;

/// <summary>What a report knows of a submission.</summary>
internal sealed class ReportSubmission(Submission submission)
{
    /// <summary>The submission.</summary>
    public Submission Submission { get; } = submission;

    /// <summary>Its assets.</summary>
    public ReportAsset[] Assets { get; } = [.. submission.Assets.Select(static asset => new ReportAsset(asset))];

    /// <summary>What could not be read.</summary>
    public List<string> Problems { get; } = [];

    /// <summary>How long it took; null while it runs, or when the service did not say.</summary>
    public TimeSpan? Duration =>
        Submission is { CreatedAt: DateTimeOffset began, CompletedAt: DateTimeOffset ended } && ended >= began ? ended - began : null;
}
