using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace MediaMagic.Tests.Http;

/// <summary>How a gate corrects the pace that it learned: by refusals although callers keep it, and by getting faster without any.</summary>
public sealed class GateCorrectionTests
{
    private const int Many = 200;
    private readonly GateBench _bench = new();

    public GateCorrectionTests() => _bench.UseUpLimit();

    [Fact]
    public void Single_refusal_leaves_the_pace()
    {
        _bench.Accept(1);
        _bench.Enter();
        _bench.Refuse(1, 1);
        Assert.Equal([11.9, 12.9], _bench.Enter(2));
        Assert.Equal(60, _bench.Pace);
    }

    [Fact]
    public void Single_refusal_raises_the_pace_when_more_was_accepted_at_this_pace()
    {
        _bench.Enter();
        _bench.Accept(1, 5);
        _bench.Refuse(1, 1);
        _bench.Enter();
        Assert.Equal(156.3, _bench.Pace);
    }

    [Fact]
    public void Second_refusal_lowers_the_pace_to_what_was_accepted_and_a_third_ends_it()
    {
        RefuseTwice();
        Assert.Equal(3, _bench.Enter());
        Assert.Equal(19.8, _bench.Pace);
        _bench.Accept(3);
        _bench.Refuse(3, 1);
        Assert.Equal(4, _bench.Enter());
        Assert.Null(_bench.Pace);
    }

    [Fact]
    public void Second_refusal_is_a_single_one_ten_seconds_after_the_gate_opened()
    {
        RefuseOnce();
        Task<double[]> waiting = _bench.Begin(15);
        _bench.Advance(10);
        _bench.Refuse(2, 1);
        _bench.Clock.Run(() => waiting);
        Assert.Equal(60, _bench.Pace);
    }

    [Fact]
    public void Second_refusal_leaves_the_pace_when_no_caller_was_held_by_it()
    {
        RefuseOnce();
        _bench.Advance(1);
        _bench.Refuse(2, 1);
        _bench.Enter();
        Assert.Equal(60, _bench.Pace);
        _bench.Refuse(3, 1);
        _bench.Enter();
        Assert.Equal(60, _bench.Pace);
    }

    [Fact]
    public void Pace_rises_ten_seconds_and_fifty_answers_after_the_gate_opened()
    {
        Hold(Many);
        _bench.Advance(9.999);
        _bench.Accept(1, 60);
        Assert.Equal(60, _bench.Pace);
        _bench.Advance(0.001);
        _bench.Accept(1);
        Assert.Equal(60.6, _bench.Pace);
        _bench.Advance(10);
        _bench.Accept(1, 49);
        Assert.Equal(60.6, _bench.Pace);
        _bench.Accept(1);
        Assert.Equal(61.8, _bench.Pace);
        _bench.Accept(1, 50);
        Assert.Equal(61.8, _bench.Pace);
    }

    [Fact]
    public void Pace_rises_a_minute_after_the_gate_opened_when_there_are_few_answers()
    {
        Hold(Many);
        _bench.Advance(59.999);
        _bench.Accept(1);
        Assert.Equal(60, _bench.Pace);
        _bench.Advance(0.001);
        _bench.Accept(1);
        Assert.Equal(60.6, _bench.Pace);
    }

    [Fact]
    public void Pace_does_not_rise_when_no_caller_is_held_by_it()
    {
        Hold(9);
        _bench.Advance(10);
        _bench.Accept(1, 60);
        Assert.Equal(60, _bench.Pace);
    }

    [Fact]
    public void Pace_rises_faster_every_time_and_is_forgotten_when_it_is_half_as_fast_again()
    {
        Hold(Many);
        Assert.Equal([60.6, 61.8, 64.3, 69.4, 80.5, null], Enumerable.Range(0, 6).Select(_ => Rise()));

        // Without a pace, no caller waited because of one.
        _bench.Refuse(1, 1);
        _bench.Advance(1);
        _bench.Enter();
        Assert.Null(_bench.Pace);
    }

    [Fact]
    public void Pace_rises_slowly_again_after_a_refusal()
    {
        Hold(Many);
        _bench.Advance(60);
        _bench.Accept(1);
        Assert.Equal(60.6, _bench.Pace);
        _bench.Accept(1, 49);
        _bench.Advance(30);
        _bench.Refuse(1, 5);
        _bench.Advance(5);
        double pace = _bench.Status.RequestsPerMinute!.Value;
        _bench.Advance(10);
        _bench.Accept(2, 49);
        Assert.Equal(pace, _bench.Status.RequestsPerMinute);
        _bench.Accept(2);
        Assert.Equal(1.01 * pace, _bench.Status.RequestsPerMinute!.Value, 0.01);
    }

    // One answer was accepted at the pace, and the caller after it is refused at once: 11.9 s.
    private void RefuseOnce()
    {
        _bench.Accept(1);
        _bench.Enter();
        _bench.Refuse(1, 1);
        _bench.Enter();
    }

    private void RefuseTwice()
    {
        RefuseOnce();
        _bench.Refuse(2, 1);
    }

    // Makes callers wait for the pace.
    private void Hold(int callers) => _ = _bench.Begin(callers);

    private double? Rise()
    {
        _bench.Advance(10);
        _bench.Accept(1, 50);
        return _bench.Pace;
    }
}
