using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Client;

namespace MediaMagic.Commands.Assets;

/// <summary>Reads assets' issues, grouped by topic.</summary>
[Cmdlet(VerbsCommon.Get, "MMTopic")]
[OutputType(typeof(TopicReport))]
public sealed class GetTopicCommand : AssetCmdlet
{
    /// <inheritdoc/>
    protected override Task ProcessAsync(MediaMagicClient client, CancellationToken stop) =>
        ForEachAssetAsync(client, async id => WriteObject(await client.Assets.GetTopicsAsync(SubmissionId, id, stop)), stop, finishedOnly: true);
}
