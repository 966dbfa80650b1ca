using System.Collections.Generic;
using System.Text;

namespace MediaMagic.Simulator;

/// <summary>What a fault makes of an answer.</summary>
internal static class FaultReply
{
    /// <summary>The fault's own answer, when it keeps the work from being done.</summary>
    public static Reply? InsteadOfWork(SimulatorFault? fault, Exchange exchange) =>
        fault?.Status is int status && !fault.AfterWork && fault.DropConnection != DropConnection.After
            ? Own(fault, exchange, status)
            : null;

    /// <summary>The answer after the work, changed as the fault says.</summary>
    public static Reply AfterWork(SimulatorFault? fault, Exchange exchange, Reply reply)
    {
        if (fault is null)
        {
            return reply;
        }

        if (fault.Status is int status)
        {
            return Own(fault, exchange, status);
        }

        Reply changed = new(
            reply.Status,
            fault.Body is null ? reply.Body : Encoding.UTF8.GetBytes(fault.Body),
            fault.ContentType ?? reply.ContentType);
        foreach (KeyValuePair<string, string> header in reply.Headers)
        {
            changed.With(header.Key, header.Value);
        }

        return Finish(fault, changed);
    }

    private static Reply Own(SimulatorFault fault, Exchange exchange, int status)
    {
        Reply known = exchange.IsStorage ? StorageReply.Of(status) : DefaultReplies.Of(status, exchange.Route?.Bucket);
        byte[] body = fault.Body is null ? known.Body : Encoding.UTF8.GetBytes(fault.Body);
        Reply reply = new(status, body, fault.ContentType ?? known.ContentType ?? Reply.JsonType);
        foreach (KeyValuePair<string, string> header in known.Headers)
        {
            reply.With(header.Key, header.Value);
        }

        return Finish(fault, reply);
    }

    private static Reply Finish(SimulatorFault fault, Reply reply)
    {
        if (fault.RetryAfterSec is double seconds)
        {
            reply.RetryAfter(seconds);
        }

        foreach (KeyValuePair<string, string> header in fault.Headers ?? new Dictionary<string, string>())
        {
            reply.With(header.Key, header.Value);
        }

        return reply;
    }
}
