using System;
using System.Collections.Generic;
using System.IO;
using System.Text;

namespace MediaMagic.Reports;

/// <summary>
/// A report being written. The issues go to a file of their own as they are read, the summary before them is written when all
/// are known, and only a whole report takes the place that it is meant for.
/// </summary>
internal sealed class ReportFile : IDisposable
{
    private readonly string _path;
    private readonly string _issuesPath;
    private readonly string _wholePath;
    private readonly StreamWriter _issuesWriter;
    private readonly HtmlWriter _issues;
    private readonly ReportTotals _totals = new();

    /// <summary>Begins a report; fails at once where nothing can be written.</summary>
    public ReportFile(string path)
    {
        _path = Directory.Exists(path) ? throw new IOException("it is a folder") : path;
        string mark = Guid.NewGuid().ToString("N").Substring(0, 8);
        string stem = Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.{mark}");
        _issuesPath = stem + ".issues";
        _wholePath = stem + ".tmp";
        _issuesWriter = Writer(_issuesPath);
        _issues = new HtmlWriter(_issuesWriter);
    }

    /// <summary>How many submissions it holds.</summary>
    public int Count => _totals.Submissions.Count;

    /// <summary>Adds a submission with its assets and issues.</summary>
    public void Add(ReportSubmission submission)
    {
        _totals.Add(submission);
        foreach (ReportAsset asset in submission.Assets)
        {
            List<IssueGroup> groups = asset.Groups();
            AssetSection.Write(_issues, asset, _totals.Add(asset, groups), groups);
        }
    }

    /// <summary>Adds what could not be read at all.</summary>
    public void AddProblem(string problem) => _totals.Problems.Add(problem);

    /// <summary>Puts the report together and in its place.</summary>
    public void Finish(string title, DateTimeOffset now)
    {
        _issuesWriter.Dispose();
        using (StreamWriter whole = Writer(_wholePath))
        {
            HtmlWriter html = new(whole);
            ReportPage.Begin(html, title, _totals, now);
            whole.Flush();
            using (FileStream issues = File.OpenRead(_issuesPath))
            {
                issues.CopyTo(whole.BaseStream);
            }

            ReportPage.End(html);
        }

        File.Move(_wholePath, _path, overwrite: true);
    }

    /// <summary>Removes what is not the report.</summary>
    public void Dispose()
    {
        _issuesWriter.Dispose();
        File.Delete(_issuesPath);
        File.Delete(_wholePath);
    }

    private static StreamWriter Writer(string path) =>
        new(new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
}
