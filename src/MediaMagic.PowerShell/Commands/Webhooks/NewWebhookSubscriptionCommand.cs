using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Client;
using MediaMagic.Parameters;
using MediaMagic.Sessions;

namespace MediaMagic.Commands.Webhooks;

/// <summary>Subscribes an endpoint to events; the answer alone carries the signing secret.</summary>
[Cmdlet(VerbsCommon.New, "MMWebhookSubscription", SupportsShouldProcess = true)]
[OutputType(typeof(WebhookSubscription))]
public sealed class NewWebhookSubscriptionCommand : SessionCmdlet
{
    /// <summary>Where events are to be sent; https.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string EndpointUrl { get; set; } = string.Empty;

    /// <summary>The events to listen to; without it the end of every asset, good or bad.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("EventTypes")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(EventTypeCompleter))]
    public string[] EventType { get; set; } = [WebhookEventType.AssetProcessingCompleted, WebhookEventType.AssetProcessingFailed];

    /// <summary>What it is for.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Description { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(MediaMagicClient client, CancellationToken stop)
    {
        if (ShouldProcess(EndpointUrl, "Subscribe to " + string.Join(", ", EventType)))
        {
            await Attempt(EndpointUrl, async () =>
                WriteObject(Live.See(await client.Webhooks.CreateAsync(EndpointUrl, EventType, Description, stop))));
        }
    }
}
