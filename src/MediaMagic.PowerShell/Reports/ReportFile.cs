using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.IO;

namespace MediaMagic.Reports;

/// <summary>
/// A report being written. The issues go to a file of their own as they are read, the summary before them is written when all
/// are known, and only a whole report takes the place that it is meant for.
/// </summary>
internal sealed class ReportFile : IDisposable
{
    private const int BufferSize = 16384;
    private readonly ReportTarget _target;
    private readonly string _wholePath;
    private readonly FileReplacement _replacement;
    private readonly StreamWriter _issuesWriter;
    private readonly HtmlWriter _issues;
    private readonly ReportTotals _totals = new();
    private bool _disposed;

    /// <summary>Begins a report; fails at once where nothing can be written.</summary>
    public ReportFile(string path)
    {
        _target = new ReportTarget(path);
        string mark = Guid.NewGuid().ToString("N").Substring(0, 8);

        // Without the name of the report, which may be as long as a name can be.
        string stem = Path.Combine(_target.Folder, $".report-{mark}");
        _wholePath = stem + ".tmp";
        _replacement = new FileReplacement(_wholePath, _target.Path);
        try
        {
            _issuesWriter = Writer(PrivateFile.Open(stem + ".issues", FileMode.CreateNew, FileAccess.ReadWrite, isTemporary: true));
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new IOException($"no file can be made in the folder '{_target.Folder}'", failure);
        }

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
    public async Task FinishAsync(string title, TimeProvider clock, CancellationToken stop)
    {
        _issuesWriter.Flush();
        _issuesWriter.BaseStream.Position = 0;
        using (StreamWriter whole = Writer(OpenWhole()))
        {
            HtmlWriter html = new(whole);
            ReportPage.Begin(html, title, _totals, clock.GetUtcNow());
            whole.Flush();
            _issuesWriter.BaseStream.CopyTo(whole.BaseStream);
            ReportPage.End(html);
        }

        await _target.PutAsync(_replacement, clock, stop).ConfigureAwait(false);
    }

    /// <summary>Removes what is not the report.</summary>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        try
        {
            _issuesWriter.Dispose();
        }
        finally
        {
            RemoveWhole();
        }
    }

    // Whether the report is in its place is decided by now.
    private void RemoveWhole()
    {
        try
        {
            if (!_replacement.IsTargetLost)
            {
                File.Delete(_wholePath);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Another program holds it, and it stays beside the report.
        }
    }

    // An older report may be for few to read, and then the new one is at no time for more.
    private FileStream OpenWhole() => _target.IsTaken
        ? PrivateFile.Open(_wholePath, FileMode.CreateNew)
        : new FileStream(_wholePath, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1);

    private static StreamWriter Writer(FileStream file) => new(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), BufferSize);
}
