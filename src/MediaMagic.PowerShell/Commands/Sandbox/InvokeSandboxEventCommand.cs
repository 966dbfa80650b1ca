using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Client;
using MediaMagic.Parameters;

namespace MediaMagic.Commands.Sandbox;

/// <summary>Has the sandbox send an event for every asset of a submission.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "MMSandboxEvent", SupportsShouldProcess = true)]
[OutputType(typeof(SandboxEventResult))]
public sealed class InvokeSandboxEventCommand : SessionCmdlet
{
    /// <summary>The submission.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [ValidateNotNullOrEmpty]
    [IdTransformation("SubmissionId", "Id")]
    [ArgumentCompleter(typeof(SubmissionIdCompleter))]
    public string SubmissionId { get; set; } = string.Empty;

    /// <summary>The event.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(EventTypeCompleter))]
    public string EventType { get; set; } = WebhookEventType.AssetProcessingCompleted;

    /// <summary>The error that a failure tells of.</summary>
    [Parameter]
    public string? ErrorMessage { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(MediaMagicClient client, CancellationToken stop)
    {
        if (ShouldProcess(SubmissionId, "Send " + EventType))
        {
            await Attempt(SubmissionId, async () =>
            {
                SandboxEventResult result = await client.Sandbox.FireAsync(SubmissionId, EventType, ErrorMessage, stop);
                if (result.Dispatched == 0)
                {
                    WriteWarning($"Nothing was sent: no enabled subscription of this workspace listens to '{EventType}'. New-MMWebhookSubscription makes one.");
                }

                WriteObject(result);
            });
        }
    }
}
