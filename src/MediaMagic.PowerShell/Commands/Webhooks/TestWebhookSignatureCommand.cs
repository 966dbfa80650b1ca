using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;
using System.Net;
using System.Security;
using System.Text;
using MediaMagic.Errors;
using MediaMagic.Parameters;
using MediaMagic.Webhooks;

namespace MediaMagic.Commands.Webhooks;

/// <summary>Tests whether a webhook delivery is genuine.</summary>
[Cmdlet(VerbsDiagnostic.Test, "MMWebhookSignature")]
[OutputType(typeof(bool), typeof(WebhookSignatureTest))]
public sealed class TestWebhookSignatureCommand : PSCmdlet
{
    /// <summary>The delivery's body exactly as received, as text or bytes.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public object Body { get; set; } = string.Empty;

    /// <summary>The delivery's headers.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("Headers")]
    [HeaderTransformation]
    public IDictionary Header { get; set; } = new Hashtable();

    /// <summary>The subscription's secret; several while it is being changed.</summary>
    [Parameter(Mandatory = true, Position = 2)]
    [SecretTransformation]
    [ValidateNotNullOrEmpty]
    public SecureString[] Secret { get; set; } = [];

    /// <summary>How far the timestamp may be off, in seconds.</summary>
    [Parameter]
    [ValidateRange(0.0, 1e9)]
    public double ToleranceSec { get; set; } = 300;

    /// <summary>Says why, in place of true or false alone.</summary>
    [Parameter]
    public SwitchParameter Detailed { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            string? reason = WebhookSignature.Verify(
                Bytes(), Find, Secret.Select(secret => new NetworkCredential(string.Empty, secret).Password), TimeSpan.FromSeconds(ToleranceSec), DateTimeOffset.UtcNow);
            WriteObject(Detailed ? new WebhookSignatureTest { IsValid = reason is null, Reason = reason, Id = Find("webhook-id") } : reason is null);
        }
        catch (ArgumentException refused)
        {
            ThrowTerminatingError(ErrorRecords.From(refused, null)!);
        }
    }

    private byte[] Bytes() => (Body is PSObject wrapped ? wrapped.BaseObject : Body) switch
    {
        byte[] bytes => bytes,
        string text => Encoding.UTF8.GetBytes(text),
        object[] items when items.All(item => item is byte) => [.. items.Cast<byte>()],
        object other => throw new ArgumentException($"The body must be text or bytes, exactly as received; it is {other.GetType().FullName}."),
    };

    private string? Find(string name)
    {
        foreach (DictionaryEntry entry in Header)
        {
            if (string.Equals(entry.Key?.ToString(), name, StringComparison.OrdinalIgnoreCase))
            {
                object? value = entry.Value is PSObject wrapped ? wrapped.BaseObject : entry.Value;
                return value is IEnumerable several and not string ? string.Join(" ", several.Cast<object?>()) : value?.ToString();
            }
        }

        return null;
    }
}
