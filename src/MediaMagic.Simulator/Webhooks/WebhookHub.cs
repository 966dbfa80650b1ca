using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace MediaMagic.Simulator;

/// <summary>The subscriptions of all workspaces, and the delivery of events to them.</summary>
internal sealed class WebhookHub : IDisposable
{
    private readonly object _gate = new();
    private readonly List<WebhookSubscription> _subscriptions = [];
    private readonly SimulatorOptions _options;
    private readonly Agenda _agenda;
    private readonly WebhookSender _sender;
    private readonly StateChanges _changes;
    private long _ended;

    public WebhookHub(SimulatorOptions options, Agenda agenda, StateChanges changes)
    {
        _options = options;
        _agenda = agenda;
        _changes = changes;
        _sender = new WebhookSender(options);
    }

    /// <summary>How many attempts to deliver have ended, each counted once its successor is on the agenda.</summary>
    public long EndedAttempts => Interlocked.Read(ref _ended);

    private DateTimeOffset Now => _options.TimeProvider.GetUtcNow();

    /// <summary>Adds a subscription, unless the workspace has all it may have.</summary>
    public bool TryAdd(WebhookSubscription subscription)
    {
        lock (_gate)
        {
            if (_subscriptions.Count(other => other.WorkspaceId == subscription.WorkspaceId) >= _options.MaxWebhookSubscriptions)
            {
                return false;
            }

            _subscriptions.Add(subscription);
            return true;
        }
    }

    public WebhookSubscription[] All()
    {
        lock (_gate)
        {
            return [.. _subscriptions];
        }
    }

    public WebhookSubscription Find(string workspaceId, string id) =>
        Array.Find(All(), subscription => subscription.WorkspaceId == workspaceId && subscription.Id == id)
        ?? throw new Refusal(404, "Webhook subscription not found");

    public void Remove(WebhookSubscription subscription)
    {
        lock (_gate)
        {
            _subscriptions.Remove(subscription);
        }
    }

    /// <summary>Sends an event to everybody who listens to its type; the answer is how many they are.</summary>
    public int Announce(WebhookEvent message)
    {
        List<WebhookSubscription> listeners = [.. All().Where(subscription =>
            subscription.Enabled && subscription.WorkspaceId == message.WorkspaceId && subscription.EventTypes.Contains(message.Type))];
        foreach (WebhookSubscription subscription in listeners)
        {
            Deliver(subscription, message, 1);
        }

        return listeners.Count;
    }

    public void Dispose() => _sender.Dispose();

    private void Deliver(WebhookSubscription subscription, WebhookEvent message, int number)
    {
        WebhookAttempt attempt = new(message.Id, Now);
        subscription.Record(attempt);
        _ = Task.Run(() => DeliverAsync(subscription, message, attempt, number));
    }

    private async Task DeliverAsync(WebhookSubscription subscription, WebhookEvent message, WebhookAttempt attempt, int number)
    {
        await _sender.SendAsync(subscription, message, attempt).ConfigureAwait(false);
        PlanNext(subscription, message, attempt, number);
        Interlocked.Increment(ref _ended);
        _changes.Raise();
    }

    private void PlanNext(WebhookSubscription subscription, WebhookEvent message, WebhookAttempt attempt, int number)
    {
        if (attempt.IsDelivered || number >= _options.WebhookAttempts || !subscription.Endpoint.IsLoopback)
        {
            return;
        }

        double pause = _options.WebhookRetrySeconds * Math.Pow(2, number - 1);
        _agenda.At(Now + TimeSpan.FromSeconds(pause), () =>
        {
            if (subscription.Enabled && All().Contains(subscription))
            {
                Deliver(subscription, message, number + 1);
            }
        });
    }
}
