using System;
using System.Net;
using MediaMagic.Simulator;

namespace MediaMagic.Sessions;

/// <summary>The simulator of this process; there is at most one.</summary>
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

            try
            {
                return s_running = SimulatorServer.Start(options);
            }
            catch (HttpListenerException refusal)
            {
                throw new ArgumentException($"Port {options.Port} cannot be listened on: {refusal.Message}. Port 0 takes a free one.", refusal);
            }
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
}
