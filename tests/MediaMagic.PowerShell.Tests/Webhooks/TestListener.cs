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
    public TestListener(string path = "/", int? count = null, long room = 1 << 20, bool unsigned = false, params string[] secrets)
    {
        Inbox = new EventInbox(count, room);
        ListenerPrefix prefix = ListenerPrefix.Parse($"http://127.0.0.1:0{path}");
        string[] known = secrets.Length > 0 || unsigned ? secrets : [Delivery.Secret];
        Listener = WebhookListener.Start(prefix, new DeliveryVerifier(known, unsigned, Clock), Inbox, (_, line) => Told.Enqueue(line), Clock);
    }

    public FakeClock Clock { get; } = new();

    public EventInbox Inbox { get; }

    public WebhookListener Listener { get; }

    public ConcurrentQueue<string> Told { get; } = new();

    public Delivery Sign(string id, string? body = null) => new(id, Clock.GetUtcNow(), body);

    public Task<RawClient> ConnectAsync() => RawClient.ConnectAsync(Listener.Port);

    /// <summary>What one request on a connection of its own is answered.</summary>
    public async Task<int> SendAsync(byte[] request)
    {
        using RawClient client = await ConnectAsync();
        await client.SendAsync(request);
        return await client.ReadStatusAsync();
    }

    public Task<int> SendAsync(Delivery delivery) => SendAsync(delivery.Request());

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

    /// <summary>Lets time pass in the steps in which the listener looks at it.</summary>
    public void Pass(double seconds)
    {
        foreach (int _ in Enumerable.Range(0, (int)(seconds * 2)))
        {
            Clock.Advance(TimeSpan.FromSeconds(0.5));
        }
    }

    /// <summary>Waits until so many clients are connected.</summary>
    public async Task ConnectionsAsync(Func<int, bool> reached)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(10));
        while (!reached(Listener.Connections))
        {
            await Task.Delay(2, patience.Token);
        }
    }

    public void Dispose() => Listener.Dispose();
}
