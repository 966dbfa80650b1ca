using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Client;
using MediaMagic.Parameters;
using MediaMagic.Sessions;

namespace MediaMagic.Commands.Webhooks;

/// <summary>Reads webhook subscriptions.</summary>
[Cmdlet(VerbsCommon.Get, "MMWebhookSubscription")]
[OutputType(typeof(WebhookSubscription))]
public sealed class GetWebhookSubscriptionCommand : SessionCmdlet
{
    /// <summary>The subscription; without it all of them.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [IdTransformation("SubscriptionId", "Id")]
    [ArgumentCompleter(typeof(SubscriptionIdCompleter))]
    public string[]? SubscriptionId { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(MediaMagicClient client, CancellationToken stop)
    {
        if (SubscriptionId is null)
        {
            await Attempt(null, async () =>
            {
                foreach (WebhookSubscription subscription in await client.Webhooks.ListAsync(stop))
                {
                    WriteObject(Live.See(subscription));
                }
            });
            return;
        }

        foreach (string id in SubscriptionId)
        {
            await Attempt(id, async () => WriteObject(Live.See(await client.Webhooks.GetAsync(id, stop))));
        }
    }
}
