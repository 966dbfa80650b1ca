using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Client;
using MediaMagic.Parameters;

namespace MediaMagic.Commands.Webhooks;

/// <summary>A cmdlet that switches webhook subscriptions on or off.</summary>
public abstract class SubscriptionSwitchCmdlet : SessionCmdlet
{
    private readonly bool _enable;

    private protected SubscriptionSwitchCmdlet(bool enable) => _enable = enable;

    /// <summary>The subscriptions.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [ValidateNotNullOrEmpty]
    [IdTransformation("SubscriptionId", "Id")]
    [ArgumentCompleter(typeof(SubscriptionIdCompleter))]
    public string[] SubscriptionId { get; set; } = [];

    /// <summary>Returns the subscription as it is now.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(MediaMagicClient client, CancellationToken stop)
    {
        foreach (string id in SubscriptionId)
        {
            if (ShouldProcess(id, _enable ? "Enable webhook subscription" : "Disable webhook subscription"))
            {
                await Attempt(id, async () =>
                {
                    WebhookSubscription subscription = await client.Webhooks.SetEnabledAsync(id, _enable, stop);
                    if (PassThru)
                    {
                        WriteObject(subscription);
                    }
                });
            }
        }
    }
}
