using System;
using System.Collections.Generic;

namespace MediaMagic.Simulator;

/// <summary>Who wants to hear of which events, and what was delivered to them.</summary>
internal sealed class WebhookSubscription
{
    private const int History = 1000;
    private readonly object _gate = new();
    private readonly LinkedList<WebhookAttempt> _attempts = new();
    private bool _enabled = true;
    private DateTimeOffset _updatedAt;

    public WebhookSubscription(
        string workspaceId, Uri endpoint, IReadOnlyList<string> eventTypes, string? description, byte[] secret, DateTimeOffset now)
    {
        WorkspaceId = workspaceId;
        Endpoint = endpoint;
        EventTypes = eventTypes;
        Description = description;
        Secret = secret;
        CreatedAt = now;
        _updatedAt = now;
    }

    public string Id { get; } = Guid.NewGuid().ToString();

    public string WorkspaceId { get; }

    public Uri Endpoint { get; }

    public IReadOnlyList<string> EventTypes { get; }

    public string? Description { get; }

    public byte[] Secret { get; }

    public string SecretText => "whsec_" + Convert.ToBase64String(Secret);

    public DateTimeOffset CreatedAt { get; }

    public DateTimeOffset UpdatedAt
    {
        get
        {
            lock (_gate)
            {
                return _updatedAt;
            }
        }
    }

    public bool Enabled
    {
        get
        {
            lock (_gate)
            {
                return _enabled;
            }
        }
    }

    public void Enable(bool enabled, DateTimeOffset now)
    {
        lock (_gate)
        {
            _enabled = enabled;
            _updatedAt = now;
        }
    }

    public void Record(WebhookAttempt attempt)
    {
        lock (_gate)
        {
            _attempts.AddFirst(attempt);
            if (_attempts.Count > History)
            {
                _attempts.RemoveLast();
            }
        }
    }

    /// <summary>The delivery attempts, newest first.</summary>
    public WebhookAttempt[] Attempts()
    {
        lock (_gate)
        {
            return [.. _attempts];
        }
    }
}
