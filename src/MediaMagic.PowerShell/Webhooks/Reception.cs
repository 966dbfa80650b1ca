using System;
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

    /// <summary>The status for a request that was read as a whole.</summary>
    public int Answer(RequestHead head, byte[] body)
    {
        if (verifier.Refuse(head, body) is string reason)
        {
            return Told(head, 401, reason);
        }

        if (EventReader.Read(body, head.Header(WebhookSignature.IdHeader), head.Header(WebhookSignature.TimestampHeader)) is not WebhookEvent item)
        {
            return Told(head, 400, "The body is no JSON object.");
        }

        return inbox.Offer(item, body.Length) switch
        {
            Admission.Taken => Told(head, 204, null),
            Admission.Repeat => Told(head, 204, $"The event {item.Id} was taken before."),
            Admission.Full => Told(head, 503, "Too many events wait for the pipeline."),
            _ => Told(head, 503, "No more events are taken."),
        };
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
