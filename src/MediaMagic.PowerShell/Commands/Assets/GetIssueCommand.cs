using System;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Client;
using MediaMagic.Parameters;

namespace MediaMagic.Commands.Assets;

/// <summary>Reads the issues that were found in assets.</summary>
[Cmdlet(VerbsCommon.Get, "MMIssue")]
[OutputType(typeof(Issue))]
public sealed class GetIssueCommand : AssetCmdlet
{
    /// <summary>Only issues of these severities.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SeverityCompleter))]
    public string[]? Severity { get; set; }

    /// <summary>Only issues at least this grave.</summary>
    [Parameter]
    [ValidateSet(MediaMagic.Severity.Critical, MediaMagic.Severity.Major, MediaMagic.Severity.Minor, MediaMagic.Severity.Info)]
    public string? MinimumSeverity { get; set; }

    /// <summary>Only issues in these states.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(IssueStatusCompleter))]
    public string[]? Status { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessAsync(MediaMagicClient client, CancellationToken stop) => ForEachAssetAsync(
        client,
        async id => WriteObject((await client.Assets.GetIssuesAsync(SubmissionId, id, stop)).Where(IsWanted), enumerateCollection: true),
        stop,
        finishedOnly: true);

    // A severity that is not known may be a grave one: it is shown.
    private bool IsWanted(Issue issue) =>
        (Severity is null || Severity.Contains(issue.Severity, StringComparer.OrdinalIgnoreCase))
        && (Status is null || Status.Contains(issue.Status, StringComparer.OrdinalIgnoreCase))
        && (MinimumSeverity is null || SeverityOrder.Of(issue.Severity) <= SeverityOrder.Of(MinimumSeverity));
}
