using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Client;

namespace MediaMagic.Commands.Assets;

/// <summary>Reads assets with their issues.</summary>
[Cmdlet(VerbsCommon.Get, "MMAsset")]
[OutputType(typeof(Asset))]
public sealed class GetAssetCommand : AssetCmdlet
{
    /// <inheritdoc/>
    protected override Task ProcessAsync(MediaMagicClient client, CancellationToken stop) =>
        ForEachAssetAsync(client, async id => WriteObject(await client.Assets.GetAsync(SubmissionId, id, stop)), stop);
}
