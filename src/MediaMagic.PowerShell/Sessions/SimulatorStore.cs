using System;
using System.Management.Automation.Runspaces;
using System.Net;
using MediaMagic.Simulator;

namespace MediaMagic.Sessions;

/// <summary>The simulator of this process; there is at most one. It ends with the runspace that started it.</summary>
internal static class SimulatorStore
{
    private static readonly object s_lock = new();
    private static SimulatorServer? s_running;

    /// <summary>The running one; an error that says how to start one without it.</summary>
    public static SimulatorServer Require() => s_running
        ?? throw new ArgumentException("No simulator is running in this process. Start one with Start-MMSimulator.");

    public static SimulatorServer? Find() => s_running;

    public static SimulatorServer Start(SimulatorOptions options)
    {
        lock (s_lock)
        {
            if (s_running is not null)
            {
                throw new ArgumentException($"A simulator is running already, at {s_running.BaseUri}. Stop it with Stop-MMSimulator first.");
            }

            SimulatorServer started = s_running = Listen(options);
            if (Runspace.DefaultRunspace is Runspace owner)
            {
                owner.StateChanged += (_, change) => StopWith(change.RunspaceStateInfo.State, started);
            }

            return started;
        }
    }

    public static void Stop()
    {
        lock (s_lock)
        {
            s_running?.Dispose();
            s_running = null;
        }
    }

    public static SimulatorInfo InfoOf(SimulatorServer simulator) => new()
    {
        BaseUri = simulator.BaseUri,
        ApiKey = simulator.ApiKey,
        LiveApiKey = simulator.LiveApiKey,
        Requests = simulator.RequestCount,
        Submissions = simulator.SubmissionCount,
    };

    private static SimulatorServer Listen(SimulatorOptions options)
    {
        try
        {
            return SimulatorServer.Start(options);
        }
        catch (HttpListenerException refusal)
        {
            throw new ArgumentException($"Port {options.Port} cannot be listened on: {refusal.Message}. Port 0 takes a free one.", refusal);
        }
    }

    private static void StopWith(RunspaceState state, SimulatorServer simulator)
    {
        lock (s_lock)
        {
            if (s_running == simulator && state is (RunspaceState.Closing or RunspaceState.Closed or RunspaceState.Broken))
            {
                Stop();
            }
        }
    }
}
