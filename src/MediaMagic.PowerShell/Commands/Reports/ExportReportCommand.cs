using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Client;
using MediaMagic.Errors;
using MediaMagic.Formatting;
using MediaMagic.Parameters;
using MediaMagic.Reports;

namespace MediaMagic.Commands.Reports;

/// <summary>Writes submissions with their assets, issues and topics as one HTML file.</summary>
[Cmdlet(VerbsData.Export, "MMReport", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportReportCommand : SessionCmdlet
{
    private const int Activity = 5174;
    private readonly List<string> _ids = [];
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private ReportFile? _report;

    /// <summary>The submissions, by id or as returned by another command.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SubmissionIdCompleter))]
    [IdTransformation("SubmissionId", "Id")]
    public string[] SubmissionId { get; set; } = [];

    /// <summary>The file to write; an older one is replaced when the new one is whole.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>What the report is called.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Title { get; set; } = "MediaMagic report";

    /// <summary>Opens the report in the browser.</summary>
    [Parameter]
    public SwitchParameter Open { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessAsync(MediaMagicClient client, CancellationToken stop)
    {
        foreach (string id in SubmissionId)
        {
            if (_seen.Add(id))
            {
                _ids.Add(id);
            }
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override async Task EndAsync(MediaMagicClient client, CancellationToken stop)
    {
        string path = TargetPath();
        if (_ids.Count == 0)
        {
            WriteWarning("There was no submission to report on, and no file was written.");
        }
        else if (ShouldProcess(path, _ids.Count == 1 ? "Report on 1 submission" : $"Report on {_ids.Count} submissions"))
        {
            try
            {
                if (!await WriteAsync(client, path, stop))
                {
                    WriteWarning("No submission could be read, and no file was written.");
                    return;
                }
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                Fail(LocalErrors.ReportNotWritten(path, failure.Message), path);
            }

            WriteObject(InvokeProvider.Item.Get([path], force: true, literalPath: true), enumerateCollection: true);
            OpenFile(path);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            // The command abandons work that does not end in time, so the temporary files are still there.
            _report?.Dispose();
        }
    }

    // A report without any submission is none: it must not take the place of an older one.
    private async Task<bool> WriteAsync(MediaMagicClient client, string path, CancellationToken stop)
    {
        using ReportFile report = _report = new ReportFile(path);
        ReportReader reader = new(client, WriteError);
        foreach (string id in _ids)
        {
            WriteProgress(new ProgressRecord(Activity, "Writing a report", Look.Text(id)) { PercentComplete = report.Count * 100 / _ids.Count });
            await reader.ReadAsync(id, report, stop);
        }

        bool any = report.Count > 0;
        if (any)
        {
            await report.FinishAsync(Title, TimeProvider.System, stop);
        }

        WriteProgress(new ProgressRecord(Activity, "Writing a report", "Done") { RecordType = ProgressRecordType.Completed });
        return any;
    }

    private string TargetPath()
    {
        string path = SessionState.Path.GetUnresolvedProviderPathFromPSPath(Path, out ProviderInfo provider, out _);
        if (provider.Name != "FileSystem")
        {
            Fail(LocalErrors.ReportNotWritten(Path, $"it belongs to the provider {provider.Name}"), Path);
        }

        return path;
    }

    private void OpenFile(string path)
    {
        if (!Open)
        {
            return;
        }

        try
        {
            using Process? browser = Process.Start(new ProcessStartInfo(path) { UseShellExecute = true });
        }
        catch (Exception failure) when (failure is Win32Exception or InvalidOperationException or PlatformNotSupportedException)
        {
            WriteWarning($"The report was written, but nothing could open it: {failure.Message}");
        }
    }
}
