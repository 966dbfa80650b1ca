using System.Collections.Generic;
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
    private const int DefaultLimit = 50;
    private const int MaxLimit = 200;

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

    /// <summary>Specifies the maximum number of deliveries of each subscription. A warning says when the service returns that many.</summary>
    [Parameter]
    [ValidateRange(1, MaxLimit)]
    public int? Limit { get; set; }

    private int EffectiveLimit => Limit ?? DefaultLimit;

    /// <inheritdoc/>
    protected override async Task ProcessAsync(MediaMagicClient client, CancellationToken stop)
    {
        foreach (string id in SubscriptionId)
        {
            await Attempt(id, async () =>
            {
                List<WebhookDelivery> deliveries = await client.Webhooks.GetDeliveriesAsync(id, Status, Limit, stop);
                WriteObject(deliveries, enumerateCollection: true);
                if (deliveries.Count >= EffectiveLimit)
                {
                    // The total of the answer only counts the returned items, and there is no next page.
                    string more = EffectiveLimit < MaxLimit ? $"Use -Limit {MaxLimit} to read more." : "The service does not return more.";
                    WriteWarning($"The service returned {deliveries.Count} deliveries of subscription '{id}', as many as the limit allows. There may be older ones. {more}");
                }
            });
        }
    }
}
