using System;
using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Client;
using MediaMagic.Parameters;
using MediaMagic.Sessions;

namespace MediaMagic.Commands.Submissions;

/// <summary>Submits uploaded files for analysis; all that are piped in become one submission.</summary>
[Cmdlet(VerbsCommon.New, "MMSubmission", SupportsShouldProcess = true)]
[OutputType(typeof(Submission))]
public sealed class NewSubmissionCommand : WaitingCmdlet
{
    private readonly List<string> _blobPaths = [];

    /// <summary>Where the files lie, as their uploads said.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [IdTransformation("BlobPath")]
    public string[] BlobPath { get; set; } = [];

    /// <summary>The submission of which these files are the next version.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SubmissionIdCompleter))]
    public string? PreviousSubmissionId { get; set; }

    /// <summary>The sidekicks to ask; without it the service decides, an empty list asks none.</summary>
    [Parameter]
    [AllowEmptyCollection]
    public Guid[]? SidekickId { get; set; }

    /// <summary>Anything to keep with the submission.</summary>
    [Parameter]
    public IDictionary? Metadata { get; set; }

    /// <summary>How long a sandbox takes over it, from 0 to 30 seconds.</summary>
    [Parameter]
    [ValidateRange(0.0, 30.0)]
    public double? SimulationDelaySeconds { get; set; }

    /// <summary>Waits until the submission has ended.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>Indicates that blob paths are sent which this session submitted before, or whose submission is unknown.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessAsync(MediaMagicClient client, CancellationToken stop)
    {
        _blobPaths.AddRange(BlobPath);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override Task EndAsync(MediaMagicClient client, CancellationToken stop)
    {
        string target = string.Join(", ", _blobPaths);
        return _blobPaths.Count == 0 || !ShouldProcess(target, "Submit")
            ? Task.CompletedTask
            : Attempt(_blobPaths.Count == 1 ? _blobPaths[0] : _blobPaths.ToArray(), () => SubmitAsync(client, stop));
    }

    private async Task SubmitAsync(MediaMagicClient client, CancellationToken stop)
    {
        NewSubmission wanted = new()
        {
            SidekickIds = SidekickId,
            Metadata = (IDictionary?)PlainValues.Of(Metadata),
            SimulationDelaySeconds = SimulationDelaySeconds,
            Force = Force,
        };
        foreach (string path in _blobPaths)
        {
            wanted.Assets.Add(new NewAsset { BlobPath = path, PreviousSubmissionId = PreviousSubmissionId });
        }

        Submission created = Live.See(await client.Submissions.CreateAsync(wanted, stop));
        if (Wait)
        {
            // A wait that is stopped returns nothing: whose id it was is told before it, to jobs and -InformationVariable alone.
            WriteInformation(created, ["MediaMagic"]);
            await WaitForAsync(client, [created.SubmissionId!], stop);
        }
        else
        {
            WriteObject(created);
        }
    }
}
