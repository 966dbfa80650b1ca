using System;
using System.Threading;
using System.Threading.Tasks;

namespace MediaMagic.Http;

/// <summary>
/// Limits the retries of a session, so that a service that fails most of thousands of calls does not get several times the traffic. A retry
/// takes tokens, and waits while there are too few. Calls that succeed, and time, return tokens. No call fails because of the budget.
/// </summary>
internal sealed class RetryBudget(TimeProvider clock)
{
    private const double Max = 500;
    private const double RetryCost = 10;
    private const double SuccessGain = 1;
    private const double GainPerSecond = 2;
    private static readonly TimeSpan s_maxStep = TimeSpan.FromSeconds(1);

    private readonly object _lock = new();

    // Sums over the life of the session. A retry adds its cost to the spent tokens and goes once the gained ones reach that sum, so that
    // retries go in their order.
    private double _gained = Max;
    private double _spent;
    private long _updated = clock.GetTimestamp();

    /// <summary>Gets how many tokens are left.</summary>
    public int Tokens
    {
        get
        {
            lock (_lock)
            {
                Refill();
                return (int)Math.Max(0, _gained - _spent);
            }
        }
    }

    /// <summary>Returns the tokens of a call that succeeded.</summary>
    public void Succeeded()
    {
        lock (_lock)
        {
            Gain(SuccessGain);
        }
    }

    /// <summary>Takes the tokens of one retry as soon as there are enough. <paramref name="waits"/> receives the expected wait, if there is one.</summary>
    public async Task TakeAsync(Action<TimeSpan> waits, CancellationToken stop)
    {
        double goal = Spend();
        TimeSpan wait = TimeUntil(goal);
        if (wait > TimeSpan.Zero)
        {
            waits(wait);
        }

        try
        {
            while (wait > TimeSpan.Zero)
            {
                // Calls that succeed meanwhile shorten the wait.
                await clock.Delay(wait < s_maxStep ? wait : s_maxStep, stop).ConfigureAwait(false);
                wait = TimeUntil(goal);
            }
        }
        catch (OperationCanceledException)
        {
            lock (_lock)
            {
                Gain(RetryCost);
            }

            throw;
        }
    }

    private double Spend()
    {
        lock (_lock)
        {
            Refill();
            return _spent += RetryCost;
        }
    }

    // Negative when the goal is exceeded.
    private TimeSpan TimeUntil(double goal)
    {
        lock (_lock)
        {
            Refill();
            return TimeSpan.FromMilliseconds(Math.Ceiling((goal - _gained) / GainPerSecond * 1000));
        }
    }

    private void Refill()
    {
        long now = clock.GetTimestamp();
        Gain(clock.GetElapsedTime(_updated, now).TotalSeconds * GainPerSecond);
        _updated = now;
    }

    private void Gain(double tokens) => _gained = Math.Min(_spent + Max, _gained + tokens);
}
