using System;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Net;
using System.Security;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Errors;
using MediaMagic.Parameters;
using MediaMagic.Webhooks;

namespace MediaMagic.Commands.Webhooks;

/// <summary>Listens for webhook deliveries and writes each genuine event once.</summary>
[Cmdlet(VerbsCommunications.Receive, "MMWebhookEvent")]
[OutputType(typeof(WebhookEvent))]
public sealed class ReceiveWebhookEventCommand : AsyncCmdlet
{
    private const int MostNotes = 100;
    private const int Activity = 5173;
    private readonly TimeProvider _clock = TimeProvider.System;
    private int _notes;
    private int _received;
    private bool _warned;
    private long? _shown;

    /// <summary>Where to listen: http, an address of this machine, a port, and a path that requests must be below.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Prefix { get; set; } = "http://127.0.0.1:8787/";

    /// <summary>The subscription's secret; several while it is being changed, or for several subscriptions.</summary>
    [Parameter(Position = 1)]
    [SecretTransformation]
    [ValidateNotNullOrEmpty]
    public SecureString[]? Secret { get; set; }

    /// <summary>Ends after so many events.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? Count { get; set; }

    /// <summary>Ends after so many seconds.</summary>
    [Parameter]
    [ValidateRange(0.0, 604800.0)]
    public double? TimeoutSec { get; set; }

    /// <summary>Takes deliveries that carry no signature; on loopback addresses only.</summary>
    [Parameter]
    public SwitchParameter AllowUnsigned { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken stop)
    {
        ListenerPrefix prefix = ListenerPrefix.Parse(Prefix);
        DeliveryVerifier verifier = Verifier(prefix);
        EventInbox inbox = new(Count);
        using WebhookListener listener = WebhookListener.Start(prefix, verifier, inbox, Tell, _clock);
        using ITimer? end = TimeoutSec is double seconds
            ? _clock.CreateTimer(_ => inbox.Close(), null, TimeSpan.FromSeconds(seconds), Timeout.InfiniteTimeSpan)
            : null;
        WriteVerbose($"Listening on {prefix.At(listener.Port)}");
        Show(prefix.At(listener.Port));
        while (await inbox.TakeAsync(stop) is WebhookEvent item)
        {
            _received++;
            WriteObject(item);
            Show(prefix.At(listener.Port));
        }

        await listener.CloseAsync(stop);
        WriteProgress(new ProgressRecord(Activity, "Receiving webhook events", "Done") { RecordType = ProgressRecordType.Completed });
    }

    private DeliveryVerifier Verifier(ListenerPrefix prefix)
    {
        if (Secret is null && !AllowUnsigned)
        {
            throw new MediaMagicException(LocalErrors.SecretRequired("Without -Secret nobody could tell a genuine event from a forged one."));
        }

        if (AllowUnsigned && !prefix.IsLocal)
        {
            throw new MediaMagicException(LocalErrors.SecretRequired(
                $"Unsigned events are taken from this machine only, and '{Prefix}' can be reached from others."));
        }

        return new DeliveryVerifier((Secret ?? []).Select(static secret => new NetworkCredential(string.Empty, secret).Password), AllowUnsigned, _clock);
    }

    // Called by the connections: a crowd of callers must not pile up lines that nobody reads.
    private void Tell(int status, string line)
    {
        if (Interlocked.Increment(ref _notes) > MostNotes)
        {
            Interlocked.Decrement(ref _notes);
            return;
        }

        OnPipeline(() =>
        {
            Interlocked.Decrement(ref _notes);
            WriteVerbose(line);
            if (status == 401 && !_warned)
            {
                _warned = true;
                WriteWarning($"A delivery was refused. {line} Further ones are told by -Verbose alone.");
            }
        });
    }

    private void Show(string address)
    {
        if (_shown is not long shown || _clock.GetElapsedTime(shown).TotalMilliseconds >= 200)
        {
            _shown = _clock.GetTimestamp();
            string events = string.Format(CultureInfo.InvariantCulture, Count is null ? "{0} events" : "{0} of {1} events", _received, Count);
            WriteProgress(new ProgressRecord(Activity, "Receiving webhook events", $"{events} on {address}"));
        }
    }
}
