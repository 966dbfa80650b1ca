using System;

namespace MediaMagic.Reports;

/// <summary>A submission's row in the table of all.</summary>
internal sealed class SubmissionRow(ReportSubmission submission)
{
    public string? Id { get; } = submission.Submission.SubmissionId;

    public string Status { get; } = submission.Submission.Status ?? SubmissionStatus.Unknown;

    public int? Progress { get; } = submission.Submission.ProgressPercent;

    public DateTimeOffset? CreatedAt { get; } = submission.Submission.CreatedAt;

    public TimeSpan? Duration { get; } = submission.Duration;

    public int Assets { get; } = submission.Assets.Length;

    public string? Error { get; } = submission.Submission.ErrorMessage;
}
