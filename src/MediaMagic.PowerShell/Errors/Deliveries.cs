using System;

namespace MediaMagic.Errors;

/// <summary>Computes what became of a request from its attempts.</summary>
internal static class Deliveries
{
    /// <summary>Returns the delivery after one more attempt. Only <see cref="Delivery.Accepted"/> settles <see cref="Delivery.Unknown"/>.</summary>
    public static Delivery Then(this Delivery before, Delivery attempt) => before switch
    {
        Delivery.Accepted => Delivery.Accepted,
        Delivery.Unknown when attempt != Delivery.Accepted => Delivery.Unknown,
        Delivery.Rejected when attempt == Delivery.NotSent => Delivery.Rejected,
        _ => attempt,
    };

    /// <summary>Returns what an end without a readable answer says about an attempt that began to send. A request that only reads changes nothing.</summary>
    public static Delivery Lost(string? method) => IsRead(method) ? Delivery.Rejected : Delivery.Unknown;

    /// <summary>Returns what became of the request that ended in this exception.</summary>
    public static Delivery Of(Exception failure) => failure switch
    {
        MediaMagicException known => known.Error.Delivery,
        RequestCanceledException cancelled => cancelled.Delivery,
        _ => Delivery.NotSent,
    };

    /// <summary>Returns what an answer with this status says about its own attempt, whatever its body.</summary>
    public static Delivery Of(int status, string? method) => status switch
    {
        >= 200 and < 300 => Delivery.Accepted,
        400 or 401 or 402 or 403 or 404 or 409 or 413 or 415 or 422 or 429 => Delivery.Rejected,
        _ => Lost(method),
    };

    private static bool IsRead(string? method) => method is "GET" or "HEAD";
}
