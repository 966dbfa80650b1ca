using System;

namespace MediaMagic.Simulator;

/// <summary>One attempt to deliver an event.</summary>
internal sealed class WebhookAttempt
{
    private volatile string _status = "pending";
    private volatile string? _error;
    private volatile int _responseStatus;

    public WebhookAttempt(string eventId, DateTimeOffset createdAt)
    {
        EventId = eventId;
        CreatedAt = createdAt;
    }

    public string Id { get; } = Guid.NewGuid().ToString();

    public string EventId { get; }

    public DateTimeOffset CreatedAt { get; }

    /// <summary><c>pending</c>, <c>delivered</c> or <c>failed</c>.</summary>
    public string Status => _status;

    /// <summary>What the receiver answered; null without an answer.</summary>
    public int? ResponseStatus => _responseStatus == 0 ? null : _responseStatus;

    public string? Error => _error;

    public bool IsDelivered => _status == "delivered";

    public void Answered(int status)
    {
        _responseStatus = status;
        _status = status is >= 200 and < 300 ? "delivered" : "failed";
    }

    public void NotDelivered(string reason)
    {
        _error = reason;
        _status = "failed";
    }
}
