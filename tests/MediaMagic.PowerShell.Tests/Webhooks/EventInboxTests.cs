using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Webhooks;
using Xunit;

namespace MediaMagic.Tests.Webhooks;

/// <summary>What is taken is handed out, once; what cannot be is not taken.</summary>
public sealed class EventInboxTests
{
    [Fact]
    public async Task Events_come_out_in_their_order_and_once()
    {
        EventInbox inbox = new();
        Assert.Equal(Admission.Taken, Offer(inbox, "a"));
        Assert.Equal(Admission.Taken, Offer(inbox, "b"));
        Assert.Equal(Admission.Repeat, Offer(inbox, "a"));
        Assert.Equal("a", (await inbox.TakeAsync(default))!.Id);
        Assert.Equal(Admission.Repeat, Offer(inbox, "a"));
        Assert.Equal("b", (await inbox.TakeAsync(default))!.Id);
        Task<WebhookEvent?> next = inbox.TakeAsync(default);
        Assert.False(next.IsCompleted);
        Offer(inbox, "c");
        Assert.Equal("c", (await next)!.Id);
    }

    [Fact]
    public async Task The_count_closes_it_and_repeats_are_known_still()
    {
        EventInbox inbox = new(count: 2);
        Offer(inbox, "a");
        Offer(inbox, "b");
        Assert.Equal(Admission.Closed, Offer(inbox, "c"));
        Assert.Equal(Admission.Repeat, Offer(inbox, "b"));
        Assert.Equal("a", (await inbox.TakeAsync(default))!.Id);
        Assert.Equal("b", (await inbox.TakeAsync(default))!.Id);
        Assert.Null(await inbox.TakeAsync(default));
    }

    [Fact]
    public async Task What_was_taken_before_the_end_is_handed_out()
    {
        EventInbox inbox = new();
        Offer(inbox, "a");
        inbox.Close();
        Assert.Equal(Admission.Closed, Offer(inbox, "b"));
        Assert.Equal("a", (await inbox.TakeAsync(default))!.Id);
        Assert.Null(await inbox.TakeAsync(default));
    }

    [Fact]
    public async Task TakeAsync_waits_for_the_answer_of_an_accepted_event_when_the_inbox_is_closed()
    {
        EventInbox inbox = new(count: 1);
        WebhookEvent item = new() { Id = "a" };
        inbox.Offer(item, 1);
        Task<WebhookEvent?> next = inbox.TakeAsync(default);
        Assert.False(next.IsCompleted);
        inbox.HandOut(item);
        Assert.Same(item, await next);
        Assert.Null(await inbox.TakeAsync(default));
    }

    [Fact]
    public async Task TakeAsync_returns_events_in_the_order_of_acceptance_when_a_later_answer_is_written_first()
    {
        EventInbox inbox = new(count: 2);
        WebhookEvent first = new() { Id = "a" };
        WebhookEvent second = new() { Id = "b" };
        inbox.Offer(first, 1);
        inbox.Offer(second, 1);
        inbox.HandOut(second);
        Task<WebhookEvent?> next = inbox.TakeAsync(default);
        Assert.False(next.IsCompleted);
        inbox.HandOut(first);
        Assert.Same(first, await next);
        Assert.Same(second, await inbox.TakeAsync(default));
        Assert.Null(await inbox.TakeAsync(default));
    }

    [Fact]
    public async Task Closing_and_stopping_end_a_wait()
    {
        EventInbox closed = new();
        Task<WebhookEvent?> waiting = closed.TakeAsync(default);
        closed.Close();
        Assert.Null(await waiting);

        using CancellationTokenSource stop = new();
        waiting = new EventInbox().TakeAsync(stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task What_has_no_room_is_not_remembered()
    {
        EventInbox inbox = new(roomBytes: 5000);
        Assert.Equal(Admission.Taken, Offer(inbox, "a", 3000));
        Assert.Equal(Admission.Full, Offer(inbox, "b", 3000));
        await inbox.TakeAsync(default);
        Assert.Equal(Admission.Taken, Offer(inbox, "b", 3000));
    }

    [Fact]
    public void The_memory_has_a_bound_and_forgets_the_oldest()
    {
        EventInbox inbox = new(memory: 3);
        foreach (string id in new[] { "a", "b", "c", "d" })
        {
            Offer(inbox, id);
        }

        Assert.Equal(Admission.Repeat, Offer(inbox, "b"));
        Assert.Equal(Admission.Taken, Offer(inbox, "a"));
    }

    [Fact]
    public void Events_without_an_id_are_no_repeats_of_each_other()
    {
        EventInbox inbox = new();
        Assert.Equal(Admission.Taken, inbox.Offer(new WebhookEvent(), 1));
        Assert.Equal(Admission.Taken, inbox.Offer(new WebhookEvent(), 1));
    }

    [Fact]
    public async Task A_crowd_loses_nothing()
    {
        EventInbox inbox = new(count: 5000);
        ConcurrentBag<string> taken = [];
        Task offers = Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(() =>
        {
            for (int i = 0; i < 1000; i++)
            {
                string id = $"{worker}-{i}";
                if (Offer(inbox, id) == Admission.Taken)
                {
                    taken.Add(id);
                }
            }
        })));
        ConcurrentBag<string> handedOut = [];
        while (await inbox.TakeAsync(default) is WebhookEvent item)
        {
            handedOut.Add(item.Id!);
        }

        await offers;
        Assert.Equal(5000, taken.Count);
        Assert.Equal(taken.Order(), handedOut.Order());
    }

    // Offers the event, and answers it at once when it is accepted.
    private static Admission Offer(EventInbox inbox, string id, int bytes = 1)
    {
        WebhookEvent item = new() { Id = id };
        Admission admission = inbox.Offer(item, bytes);
        if (admission == Admission.Taken)
        {
            inbox.HandOut(item);
        }

        return admission;
    }
}
