using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Client;
using MediaMagic.Parameters;
using MediaMagic.Sessions;

namespace MediaMagic.Commands.Assets;

/// <summary>A cmdlet that reads assets: one, or all of a submission.</summary>
public abstract class AssetCmdlet : SessionCmdlet
{
    /// <summary>The submission that the assets belong to.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [IdTransformation("SubmissionId")]
    [ArgumentCompleter(typeof(SubmissionIdCompleter))]
    public string SubmissionId { get; set; } = string.Empty;

    /// <summary>The asset; without it all of the submission's.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [IdTransformation("AssetId")]
    [ArgumentCompleter(typeof(AssetIdCompleter))]
    public string? AssetId { get; set; }

    /// <summary>Reads each asset meant, one error for each that cannot be.</summary>
    private protected Task ForEachAssetAsync(MediaMagicClient client, Func<string, Task> read, CancellationToken stop, bool finishedOnly = false) =>
        Attempt(SubmissionId, async () =>
        {
            foreach (string id in string.IsNullOrEmpty(AssetId) ? await AllAsync(client, finishedOnly, stop) : [AssetId!])
            {
                await Attempt(id, () => read(id));
            }
        });

    private async Task<IEnumerable<string>> AllAsync(MediaMagicClient client, bool finishedOnly, CancellationToken stop)
    {
        Submission submission = Live.See(await client.Submissions.GetAsync(SubmissionId, stop));
        IEnumerable<SubmissionAsset> assets = submission.Assets.Where(asset => asset.AssetId is not null);
        if (finishedOnly)
        {
            // A failed asset has no results to speak of; what still runs is worth its AssetNotFinished.
            assets = assets.Where(asset => !SubmissionStatus.IsFailed(asset.Status));
        }

        return [.. assets.Select(asset => asset.AssetId!)];
    }
}
