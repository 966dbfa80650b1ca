using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Client;
using MediaMagic.Parameters;
using MediaMagic.Sessions;

namespace MediaMagic.Commands.Submissions;

/// <summary>Reads how far submissions are.</summary>
[Cmdlet(VerbsCommon.Get, "MMSubmission")]
[OutputType(typeof(Submission))]
public sealed class GetSubmissionCommand : SessionCmdlet
{
    private readonly ParallelQueue _queue = new();

    /// <summary>The submissions to read, by id or as returned by another command.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [ValidateNotNullOrEmpty]
    [IdTransformation("SubmissionId", "Id")]
    [ArgumentCompleter(typeof(SubmissionIdCompleter))]
    public string[] SubmissionId { get; set; } = [];

    /// <summary>How many are read at once.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; } = 1;

    /// <inheritdoc/>
    protected override async Task ProcessAsync(MediaMagicClient client, CancellationToken stop)
    {
        foreach (string id in SubmissionId)
        {
            await _queue.AddAsync(() => Attempt(id, async () => WriteObject(Live.See(await client.Submissions.GetAsync(id, stop)))), ThrottleLimit);
        }
    }

    /// <inheritdoc/>
    protected override Task EndAsync(MediaMagicClient client, CancellationToken stop) => _queue.FinishAsync();
}
