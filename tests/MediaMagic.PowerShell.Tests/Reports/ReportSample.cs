using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using MediaMagic.Reports;

namespace MediaMagic.Tests.Reports;

/// <summary>Reports of made-up submissions, as text and as the tree that it stands for.</summary>
internal static class ReportSample
{
    private static readonly DateTimeOffset s_now = new(2026, 6, 3, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A submission that has ended, whose one asset has issues in two topics and one beside them.</summary>
    public static ReportSubmission Complete()
    {
        ReportSubmission submission = new(new Submission
        {
            SubmissionId = "s1",
            Status = "complete",
            ProgressPercent = 100,
            CreatedAt = s_now,
            CompletedAt = s_now.AddSeconds(90),
            Assets = [new SubmissionAsset { SubmissionId = "s1", AssetId = "a1", Status = "complete", IssueCount = 5, VersionNumber = 2 }],
        });
        Issue[] issues = [.. Enumerable.Range(1, 5).Select(Issue)];
        submission.Assets[0].Read = new Asset { AssetId = "a1", FileName = "spot.mp4", MimeType = "video/mp4", IssueCount = 5, Issues = issues };
        submission.Assets[0].Topics = new TopicReport
        {
            AssetId = "a1",
            Topics =
            [
                new Topic { Id = "t1", Title = "Health claims", Summary = "Two of a kind", Issues = [Issue(2), Issue(1)] },
                new Topic { Id = "t2", Title = "Small print", Issues = [Issue(3), Issue(4)] },
            ],
            OrphanIssues = [Issue(5)],
        };
        return submission;
    }

    /// <summary>A submission with an asset that failed and one that still runs.</summary>
    public static ReportSubmission Unfinished() => new(new Submission
    {
        SubmissionId = "s2",
        Status = "processing",
        ProgressPercent = 40,
        CreatedAt = s_now,
        Assets =
        [
            new SubmissionAsset { SubmissionId = "s2", AssetId = "a2", Status = "failed", ErrorType = "DecodeError", ErrorMessage = "No sound", IsRetryable = true },
            new SubmissionAsset { SubmissionId = "s2", AssetId = "a3", Status = "processing" },
        ],
    });

    public static Issue Issue(int number) => new()
    {
        Id = $"i{number}",
        ReferenceNumber = number,
        RuleCode = $"CAP_{number}",
        Summary = $"Summary {number}",
        Severity = new[] { "MINOR", "CRITICAL", "INFO", "MAJOR" }[number % 4],
        Status = number % 2 == 0 ? "OPEN" : "AWAITING_HUMAN_INPUT",
        CreatedAt = s_now,
        SeverityReasoning = "First line\nSecond line",
        SeverityReasoningHeadline = "In short",
        Precedents = [new Precedent { Url = "https://example.com/rulings/1?a=b&c=d", Title = "A ruling", Decision = "Upheld", Date = "2024-01-01" }],
    };

    public static string Write(params ReportSubmission[] submissions) => Write("A report", submissions);

    public static string Write(string title, IEnumerable<ReportSubmission> submissions, params string[] problems)
    {
        string folder = Directory.CreateTempSubdirectory("mediamagic-report-").FullName;
        try
        {
            string path = Path.Combine(folder, "report.html");
            using (ReportFile report = new(path))
            {
                Array.ForEach([.. submissions], report.Add);
                Array.ForEach(problems, report.AddProblem);
                report.Finish(title, s_now);
            }

            return File.ReadAllText(path);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The page as a tree, without what is in its style sheet and its script.</summary>
    public static XElement Tree(string html) => XDocument.Parse(
        Regex.Replace(html["<!DOCTYPE html>".Length..], "(<(style|script)>).*?(</\\2>)", "$1$3", RegexOptions.Singleline), LoadOptions.PreserveWhitespace).Root!;
}
