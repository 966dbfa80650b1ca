using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Webhooks;

namespace MediaMagic.Tests.Webhooks;

/// <summary>A listener on a free port whose clock stands still until the test says otherwise.</summary>
internal sealed class TestListener : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    public TestListener(string path = "/", int? count = null, long room = 1 << 20, bool unsigned = false, params string[] secrets)
    {
        Inbox = new EventInbox(count, room);
        ListenerPrefix prefix = ListenerPrefix.Parse($"http://127.0.0.1:0{path}");
        string[] known = secrets.Length > 0 || unsigned ? secrets : [SignedDelivery.Secret];
        Listener = WebhookListener.Start(prefix, new DeliveryVerifier(known, unsigned, Clock), Inbox, (_, line) => Log(line), Clock);
    }

    public FakeClock Clock { get; } = new();

    public EventInbox Inbox { get; }

    public WebhookListener Listener { get; }

    public ConcurrentQueue<string> Told { get; } = new();

    /// <summary>Gets or sets what runs when an answer is decided and not yet written.</summary>
    public Action? BeforeAnswer { get; set; }

    public SignedDelivery Sign(string id, string? body = null) => new(id, Clock.GetUtcNow(), body);

    public Task<RawClient> ConnectAsync() => RawClient.ConnectAsync(Listener.Port);

    /// <summary>What one request on a connection of its own is answered.</summary>
    public async Task<int> SendAsync(byte[] request)
    {
        using RawClient client = await ConnectAsync();
        await client.SendAsync(request);
        return await client.ReadStatusAsync();
    }

    public Task<int> SendAsync(SignedDelivery delivery) => SendAsync(delivery.Request());

    /// <summary>The ids of all events that were taken, once nothing more is.</summary>
    public async Task<List<string?>> TakeAllAsync()
    {
        Inbox.Close();
        List<string?> ids = [];
        while (await Inbox.TakeAsync(CancellationToken.None) is WebhookEvent item)
        {
            ids.Add(item.Id);
        }

        return ids;
    }

    /// <summary>Lets time pass for the listener.</summary>
    public void Pass(double seconds) => Clock.Advance(TimeSpan.FromSeconds(seconds));

    /// <summary>Waits until the number of connections meets a condition.</summary>
    public Task ConnectionsAsync(Func<int, bool> reached) => UntilAsync(states => reached(states.Count));

    /// <summary>Waits until the connections are in these states, whichever is in which.</summary>
    public Task StatesAsync(params ConnectionState[] expected) => UntilAsync(states => states.Order().SequenceEqual(expected.Order()));

    public void Dispose() => Listener.Dispose();

    private void Log(string line)
    {
        Told.Enqueue(line);
        BeforeAnswer?.Invoke();
    }

    // The condition is checked whenever a connection changes.
    private async Task UntilAsync(Func<IReadOnlyList<ConnectionState>, bool> reached)
    {
        for (Task change = Listener.NextChange(); !reached(Listener.States); change = Listener.NextChange())
        {
            await change.WaitAsync(s_patience);
        }
    }
}
