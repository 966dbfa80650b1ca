using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Client;
using MediaMagic.Parameters;

namespace MediaMagic.Commands.Webhooks;

/// <summary>Removes webhook subscriptions for good.</summary>
[Cmdlet(VerbsCommon.Remove, "MMWebhookSubscription", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemoveWebhookSubscriptionCommand : SessionCmdlet
{
    /// <summary>The subscriptions.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [ValidateNotNullOrEmpty]
    [IdTransformation("SubscriptionId", "Id")]
    [ArgumentCompleter(typeof(SubscriptionIdCompleter))]
    public string[] SubscriptionId { get; set; } = [];

    /// <inheritdoc/>
    protected override async Task ProcessAsync(MediaMagicClient client, CancellationToken stop)
    {
        foreach (string id in SubscriptionId)
        {
            if (ShouldProcess(id, "Remove webhook subscription"))
            {
                await Attempt(id, () => client.Webhooks.RemoveAsync(id, stop));
            }
        }
    }
}
