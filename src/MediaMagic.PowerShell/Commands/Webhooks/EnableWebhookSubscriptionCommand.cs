using System.Management.Automation;

namespace MediaMagic.Commands.Webhooks;

/// <summary>Has events sent to webhook subscriptions again.</summary>
[Cmdlet(VerbsLifecycle.Enable, "MMWebhookSubscription", SupportsShouldProcess = true)]
[OutputType(typeof(WebhookSubscription))]
public sealed class EnableWebhookSubscriptionCommand : SubscriptionSwitchCmdlet
{
    /// <summary>The command.</summary>
    public EnableWebhookSubscriptionCommand()
        : base(enable: true)
    {
    }
}
