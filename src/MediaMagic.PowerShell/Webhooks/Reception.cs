using System;
using System.Threading.Tasks;
using MediaMagic.Errors;

namespace MediaMagic.Webhooks;

/// <summary>Decides what a request is answered.</summary>
internal sealed class Reception(string path, DeliveryVerifier verifier, EventInbox inbox, Action<int, string> tell)
{
    /// <summary>The longest body that is taken; events carry no results, so that theirs are a few hundred bytes.</summary>
    public const int LongestBody = 256 * 1024;

    private const int LongestLine = 400;

    /// <summary>The status for a request whose body need not be read; 0 when it has to be.</summary>
    public int Refuse(RequestHead head)
    {
        int status = !IsBelow(head.Path) ? 404
            : head.Method != "POST" ? 405
            : !head.IsChunked && head.Length is null ? 411
            : head.Length > LongestBody ? 413
            : 0;
        return status == 0 ? 0 : Told(head, status, null);
    }

    /// <summary>Answers a request that was read as a whole, and hands out the event that it carried.</summary>
    public async Task AnswerAsync(RequestHead head, byte[] body, Func<int, Task> send)
    {
        if (verifier.Refuse(head, body) is string reason)
        {
            await send(Told(head, 401, reason)).ConfigureAwait(false);
        }
        else if (EventReader.Read(body, head.Header(WebhookSignature.IdHeader), head.Header(WebhookSignature.TimestampHeader)) is WebhookEvent item)
        {
            await AnswerAsync(head, item, body.Length, send).ConfigureAwait(false);
        }
        else
        {
            await send(Told(head, 400, "The body is no JSON object.")).ConfigureAwait(false);
        }
    }

    // However the answer ends: its id is known now, and the sender's next attempt would count as a repeat.
    private async Task AnswerAsync(RequestHead head, WebhookEvent item, int bytes, Func<int, Task> send)
    {
        Admission admission = inbox.Offer(item, bytes);
        try
        {
            await send(admission switch
            {
                Admission.Taken => Told(head, 204, null),
                Admission.Repeat => Told(head, 204, $"The event {item.Id} was taken before."),
                Admission.Full => Told(head, 503, "Too many events wait for the pipeline."),
                _ => Told(head, 503, "No more events are taken."),
            }).ConfigureAwait(false);
        }
        finally
        {
            if (admission == Admission.Taken)
            {
                inbox.HandOut(item);
            }
        }
    }

    // The prefix names a folder, with or without the slash at its end.
    private bool IsBelow(string asked) => asked == path.TrimEnd('/') || asked.StartsWith(path, StringComparison.Ordinal);

    private int Told(RequestHead head, int status, string? reason)
    {
        string line = $"{head.Method} {head.Path} {status}{(reason is null ? string.Empty : ": " + reason)}";
        tell(status, SafeText.OneLine(SafeText.Harmless(line), LongestLine));
        return status;
    }
}
