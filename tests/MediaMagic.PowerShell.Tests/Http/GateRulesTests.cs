using System;
using System.Threading.Tasks;
using MediaMagic.Http;
using Xunit;

namespace MediaMagic.Tests.Http;

/// <summary>When a gate opens, and at what pace callers go through it afterwards.</summary>
public sealed class GateRulesTests
{
    private readonly GateBench _bench = new();

    [Fact]
    public void Enter_goes_at_the_pace_that_was_accepted_until_the_gate_opens()
    {
        _bench.Accept(0, 5);
        _bench.Advance(2);
        _bench.Accept(0, 5);
        _bench.Advance(2);
        _bench.Refuse(0, 5.9, 3);
        Assert.Equal(("reads", TimeSpan.FromSeconds(5.9), null), (_bench.Status.Bucket, _bench.Status.ClosedFor, _bench.Pace));
        Assert.Equal([9.9, 10.9, 11.9], _bench.Enter(3));
        Assert.Equal((null, 60d), (_bench.Status.ClosedFor, _bench.Pace));
    }

    [Theory]
    [InlineData(2, 0, false)]
    [InlineData(3, 0, true)]
    [InlineData(3, 2, true)]
    [InlineData(3, 3, false)]
    [InlineData(4, 3, true)]
    public void Enter_has_a_pace_after_three_refusals_if_fewer_are_accepted_meanwhile(int refused, int accepted, bool paced)
    {
        _bench.Accept(0, 10);
        _bench.Refuse(0, 9.9);
        _bench.Accept(0, accepted);
        _bench.Refuse(0, 9.9, refused - 1);
        Assert.Equal(1, _bench.Enter());
        Assert.Equal(paced ? 60d : null, _bench.Pace);
    }

    [Fact]
    public void Enter_has_no_pace_when_nothing_was_ever_accepted()
    {
        _bench.Refuse(0, 5, 9);
        Assert.Equal([5, 5, 5], _bench.Enter(3));
        Assert.Null(_bench.Pace);
    }

    [Fact]
    public void Status_shows_an_open_gate_from_the_end_of_the_wait_on()
    {
        _bench.Refuse(0, 5);
        _bench.Advance(5);
        Assert.Null(_bench.Status.ClosedFor);
    }

    [Fact]
    public void Enter_makes_up_for_one_idle_second()
    {
        _bench.UseUpLimit();
        _bench.Advance(60);
        Assert.Equal([69.9, 69.9, 70.9], _bench.Enter(3));
    }

    [Fact]
    public void Enter_forgets_the_pace_when_the_last_refusal_is_more_than_ten_minutes_ago()
    {
        _bench.UseUpLimit();
        _bench.Advance(600 - 9.9);
        _bench.Enter();
        Assert.Equal(60, _bench.Pace);
        _bench.Advance(0.001);
        _bench.Enter();
        Assert.Null(_bench.Pace);
    }

    [Fact]
    public void Enter_keeps_the_pace_when_another_refusal_came_meanwhile()
    {
        _bench.UseUpLimit();
        _bench.Advance(300);
        _bench.Refuse(1, 1);
        _bench.Advance(400);
        _bench.Enter();
        Assert.Equal(60, _bench.Pace);
    }

    [Fact]
    public void Enter_queues_again_when_the_gate_closed_while_the_caller_waited()
    {
        _bench.UseUpLimit();
        Task<double[]> entered = _bench.Begin(2);
        _bench.Advance(0.1);
        _bench.Refuse(1, 5);
        Assert.Equal([15, 16], _bench.Clock.Run(() => entered));
    }

    [Fact]
    public void Enter_waits_for_as_long_as_the_client_allows_and_no_longer()
    {
        _bench.Refuse(0, 60);
        Assert.Equal([60], _bench.Enter(1));
        Assert.Equal(["GET /submissions waits 60 s: the service limits reads requests"], _bench.Onlooker.Waits);
        _bench.Refuse(1, 60.001);
        AttemptException refused = Assert.Throws<AttemptException>(() => _bench.Enter());
        Assert.Equal((AttemptFailure.GateClosed, TimeSpan.FromSeconds(60.001)), (refused.Failure, refused.RetryAfter));
        Assert.Equal("The service asked this session to wait with reads requests.", refused.Message);
    }

    [Fact]
    public void Answered_asks_for_a_longer_wait_with_each_refusal_in_a_row()
    {
        _bench.Refuse(0, null, 2);
        Assert.Equal((2, 1), (_bench.Enter(1)[0], _bench.Enter()));
        _bench.Refuse(1, null);
        Assert.Equal([0, 1, 1], _bench.Refusals);
        Assert.Equal(2, _bench.Enter());
        _bench.Refuse(2, null);
        Assert.Equal(2, _bench.Refusals[^1]);
        Assert.Equal(3, _bench.Enter());
        _bench.Accept(3);
        _bench.Refuse(3, null);
        Assert.Equal(0, _bench.Refusals[^1]);
    }

    [Fact]
    public void Answered_holds_nobody_when_the_caller_may_come_back_at_once()
    {
        _bench.Accept(0);
        _bench.Refuse(0, 0, 9);
        Assert.Null(_bench.Status.ClosedFor);
        Assert.Equal((0, TimeSpan.Zero), (_bench.Enter(), _bench.Clock.Elapsed));
        Assert.Empty(_bench.Refusals);
    }

    [Fact]
    public void Answered_never_shortens_a_wait()
    {
        _bench.Refuse(0, 10);
        _bench.Refuse(0, 5);
        Assert.Equal(TimeSpan.FromSeconds(10), _bench.Status.ClosedFor);
        _bench.Refuse(0, 20);
        Assert.Equal(TimeSpan.FromSeconds(20), _bench.Status.ClosedFor);
    }
}
