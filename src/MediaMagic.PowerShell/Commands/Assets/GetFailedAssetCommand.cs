using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Client;
using MediaMagic.Parameters;
using MediaMagic.Sessions;

namespace MediaMagic.Commands.Assets;

/// <summary>Lists the assets of submissions that failed.</summary>
[Cmdlet(VerbsCommon.Get, "MMFailedAsset")]
[OutputType(typeof(SubmissionAsset))]
public sealed class GetFailedAssetCommand : SessionCmdlet
{
    /// <summary>The submissions to look at.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [ValidateNotNullOrEmpty]
    [IdTransformation("SubmissionId", "Id")]
    [ArgumentCompleter(typeof(SubmissionIdCompleter))]
    public string[] SubmissionId { get; set; } = [];

    /// <summary>Only those that can be retried now.</summary>
    [Parameter]
    public SwitchParameter Retryable { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(MediaMagicClient client, CancellationToken stop)
    {
        foreach (string id in SubmissionId)
        {
            await Attempt(id, async () =>
            {
                foreach (SubmissionAsset asset in Live.See(await client.Submissions.GetAsync(id, stop)).Assets)
                {
                    if (SubmissionStatus.IsFailed(asset.Status) && (!Retryable || asset.IsRetryable == true))
                    {
                        WriteObject(asset);
                    }
                }
            });
        }
    }
}
