using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Client;
using MediaMagic.Commands.Submissions;
using MediaMagic.Parameters;
using MediaMagic.Sessions;

namespace MediaMagic.Commands.Assets;

/// <summary>Has failed assets analysed once more.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "MMAssetRetry", SupportsShouldProcess = true)]
[OutputType(typeof(Submission))]
public sealed class InvokeAssetRetryCommand : WaitingCmdlet
{
    private readonly List<string> _retried = [];

    /// <summary>The submission that the asset belongs to.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [IdTransformation("SubmissionId")]
    [ArgumentCompleter(typeof(SubmissionIdCompleter))]
    public string SubmissionId { get; set; } = string.Empty;

    /// <summary>The failed asset.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [IdTransformation("AssetId")]
    [ArgumentCompleter(typeof(AssetIdCompleter))]
    public string AssetId { get; set; } = string.Empty;

    /// <summary>Specifies how often the asset was retried before. Failed assets from the pipeline bring it, and it settles a retry whose answer is lost.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, DontShow = true)]
    [ValidateRange(0, int.MaxValue)]
    public int? RetryCount { get; set; }

    /// <summary>Waits until the submissions have ended.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(MediaMagicClient client, CancellationToken stop)
    {
        if (!ShouldProcess($"asset {AssetId} of submission {SubmissionId}", "Retry"))
        {
            return;
        }

        await Attempt(AssetId, async () =>
        {
            Submission submission = Live.See(await client.Assets.RetryAsync(SubmissionId, AssetId, RetryCount, stop));
            _retried.Add(submission.SubmissionId!);
            if (!Wait)
            {
                WriteObject(submission);
            }
        });
    }

    /// <inheritdoc/>
    protected override Task EndAsync(MediaMagicClient client, CancellationToken stop) =>
        Wait && _retried.Count > 0 ? WaitForAsync(client, _retried, stop) : Task.CompletedTask;
}
