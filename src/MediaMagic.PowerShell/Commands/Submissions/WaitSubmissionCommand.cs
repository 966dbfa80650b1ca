using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Client;
using MediaMagic.Parameters;

namespace MediaMagic.Commands.Submissions;

/// <summary>Waits until submissions have ended, and returns each as it does.</summary>
[Cmdlet(VerbsLifecycle.Wait, "MMSubmission")]
[OutputType(typeof(Submission))]
public sealed class WaitSubmissionCommand : WaitingCmdlet
{
    private readonly List<string> _ids = [];

    /// <summary>The submissions to wait for.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [ValidateNotNullOrEmpty]
    [IdTransformation("SubmissionId", "Id")]
    [ArgumentCompleter(typeof(SubmissionIdCompleter))]
    public string[] SubmissionId { get; set; } = [];

    /// <summary>How often to look at first, in seconds; it becomes less often, down to every 30 s.</summary>
    [Parameter]
    [ValidateRange(0.01, 3600.0)]
    public double PollIntervalSec { get; set; } = 2;

    /// <summary>Makes a failed submission an error in place of a warning.</summary>
    [Parameter]
    public SwitchParameter ErrorOnFailure { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessAsync(MediaMagicClient client, CancellationToken stop)
    {
        _ids.AddRange(SubmissionId);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override Task EndAsync(MediaMagicClient client, CancellationToken stop) =>
        _ids.Count == 0 ? Task.CompletedTask : WaitForAsync(client, _ids, stop, PollIntervalSec, ErrorOnFailure);
}
