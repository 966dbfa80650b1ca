using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using MediaMagic.Errors;
using MediaMagic.Http;

namespace MediaMagic.Tests.Http;

/// <summary>A gate by itself, whose callers and answers the test chooses.</summary>
internal sealed class GateBench
{
    private readonly BucketGate _gate;
    private readonly CallState _call;

    public GateBench()
    {
        _gate = new BucketGate("reads", Clock, Backoff, TimeSpan.FromMinutes(1));
        _call = new CallState(new ApiRequest(HttpMethod.Get, "submissions", "reads", RequestSafety.Read), "/submissions") { Observer = Onlooker };
    }

    public FakeClock Clock { get; } = new();

    public Onlooker Onlooker { get; } = new();

    /// <summary>Gets the numbers of refusals in a row for which the gate asked how long to wait.</summary>
    public List<int> Refusals { get; } = [];

    public GateStatus Status => _gate.Status;

    /// <summary>Gets the pace, rounded; null when there is none.</summary>
    public double? Pace => Status.RequestsPerMinute is double pace ? Math.Round(pace, 1) : null;

    /// <summary>Lets one caller in as soon as it may go, and returns its generation.</summary>
    public int Enter() => Clock.Run(EnterAsync);

    /// <summary>Lets callers in, one after the other, and returns when each of them went.</summary>
    public double[] Enter(int times) => [.. Enumerable.Range(0, times).Select(_ =>
    {
        Enter();
        return Seconds;
    })];

    /// <summary>Begins to let callers in that come at once. The result tells when each of them went.</summary>
    public Task<double[]> Begin(int callers)
    {
        Task<double[]>? entered = null;
        Alone(() => entered = Task.WhenAll(Enumerable.Range(0, callers).Select(async _ =>
        {
            await EnterAsync();
            return Seconds;
        })));
        return entered!;
    }

    /// <summary>Lets time pass, and callers go that wait no longer.</summary>
    public void Advance(double seconds) => Alone(() => Clock.Advance(seconds));

    public void Accept(int generation, int times = 1)
    {
        for (int i = 0; i < times; i++)
        {
            _gate.Answered(generation, 200, null);
        }
    }

    /// <summary>Answers 429, with the wait that the service asks for, if it does.</summary>
    public void Refuse(int generation, double? seconds, int times = 1)
    {
        for (int i = 0; i < times; i++)
        {
            _gate.Answered(generation, 429, seconds is double wait ? TimeSpan.FromSeconds(wait) : null);
        }
    }

    /// <summary>Uses up a limit, so that from 9.9 s on the pace is one request in a second. One has gone then, of generation 1.</summary>
    public void UseUpLimit()
    {
        Accept(0, 10);
        Refuse(0, 9.9, 3);
        Enter();
    }

    private double Seconds => Math.Round(Clock.Elapsed.TotalSeconds, 3);

    // Without a context, so that every continuation runs here and now.
    private void Alone(Action work) => Clock.Run(() =>
    {
        work();
        return Task.FromResult(true);
    });

    private Task<int> EnterAsync() => _gate.EnterAsync(_call, default);

    private TimeSpan Backoff(int refusals)
    {
        Refusals.Add(refusals);
        return TimeSpan.FromSeconds(refusals + 1);
    }
}
