using System.Management.Automation;

namespace MediaMagic.Commands.Webhooks;

/// <summary>Has no events sent to webhook subscriptions until they are enabled again.</summary>
[Cmdlet(VerbsLifecycle.Disable, "MMWebhookSubscription", SupportsShouldProcess = true)]
[OutputType(typeof(WebhookSubscription))]
public sealed class DisableWebhookSubscriptionCommand : SubscriptionSwitchCmdlet
{
    /// <summary>The command.</summary>
    public DisableWebhookSubscriptionCommand()
        : base(enable: false)
    {
    }
}
