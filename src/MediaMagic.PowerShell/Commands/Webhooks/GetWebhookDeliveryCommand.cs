using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Client;
using MediaMagic.Parameters;

namespace MediaMagic.Commands.Webhooks;

/// <summary>Reads the latest deliveries of webhook subscriptions.</summary>
[Cmdlet(VerbsCommon.Get, "MMWebhookDelivery")]
[OutputType(typeof(WebhookDelivery))]
public sealed class GetWebhookDeliveryCommand : SessionCmdlet
{
    /// <summary>The subscriptions.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [ValidateNotNullOrEmpty]
    [IdTransformation("SubscriptionId", "Id")]
    [ArgumentCompleter(typeof(SubscriptionIdCompleter))]
    public string[] SubscriptionId { get; set; } = [];

    /// <summary>Only deliveries in this state, as the service names it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Status { get; set; }

    /// <summary>How many at the most.</summary>
    [Parameter]
    [ValidateRange(1, 200)]
    public int? Limit { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(MediaMagicClient client, CancellationToken stop)
    {
        foreach (string id in SubscriptionId)
        {
            await Attempt(id, async () =>
                WriteObject(await client.Webhooks.GetDeliveriesAsync(id, Status, Limit, stop), enumerateCollection: true));
        }
    }
}
