using System;
using System.Collections.Generic;
using System.Linq;

namespace MediaMagic.Reports;

/// <summary>What the summary and the tables need to know; the issues themselves are written and forgotten.</summary>
internal sealed class ReportTotals
{
    private readonly List<TimeSpan> _durations = [];

    public Tally Severities { get; } = new(Words.Severities);

    public Tally IssueStates { get; } = new();

    public Tally AssetStates { get; } = new();

    public Tally SubmissionStates { get; } = new();

    public List<AssetRow> Assets { get; } = [];

    public List<SubmissionRow> Submissions { get; } = [];

    /// <summary>What could not be read.</summary>
    public List<string> Problems { get; } = [];

    /// <summary>How long submissions took, the shortest first.</summary>
    public IReadOnlyList<TimeSpan> Durations => [.. _durations.OrderBy(static duration => duration)];

    /// <summary>Counts a submission, whose assets come next.</summary>
    public void Add(ReportSubmission submission)
    {
        SubmissionStates.Add(submission.Submission.Status ?? SubmissionStatus.Unknown);
        Submissions.Add(new SubmissionRow(submission));
        Problems.AddRange(submission.Problems);
        if (submission.Duration is TimeSpan duration)
        {
            _durations.Add(duration);
        }
    }

    /// <summary>Counts an asset with its issues, and returns its row.</summary>
    public AssetRow Add(ReportAsset asset, IReadOnlyList<IssueGroup> groups)
    {
        AssetStates.Add(asset.Status);
        Problems.AddRange(asset.Problems);
        AssetRow row = new($"a{Assets.Count + 1}", asset);
        foreach (Issue issue in groups.SelectMany(static group => group.Issues))
        {
            Severities.Add(Words.Severity(issue));
            IssueStates.Add(Words.Status(issue));
            row.Severities.Add(Words.Severity(issue));
        }

        Assets.Add(row);
        return row;
    }
}
