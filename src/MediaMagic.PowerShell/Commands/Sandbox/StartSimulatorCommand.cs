using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Client;
using MediaMagic.Sessions;
using MediaMagic.Simulator;

namespace MediaMagic.Commands.Sandbox;

/// <summary>Starts the MediaMagic API on this machine, in memory, in this process.</summary>
[Cmdlet(VerbsLifecycle.Start, "MMSimulator", SupportsShouldProcess = true)]
[OutputType(typeof(SimulatorInfo))]
public sealed class StartSimulatorCommand : AsyncCmdlet
{
    /// <summary>The port to listen on; 0 takes a free one.</summary>
    [Parameter(Position = 0)]
    [ValidateRange(0, 65535)]
    public int Port { get; set; }

    /// <summary>How long the analysis of an asset takes.</summary>
    [Parameter]
    [ValidateRange(0.0, 86400.0)]
    public double ProcessingSeconds { get; set; } = 2;

    /// <summary>Requests a minute: one number for every bucket, or a hashtable by bucket.</summary>
    [Parameter]
    public object? RateLimit { get; set; }

    /// <summary>The sandbox key to take; without it a random one.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ApiKey { get; set; }

    /// <summary>Connects this runspace to it.</summary>
    [Parameter]
    public SwitchParameter Connect { get; set; }

    /// <summary>Returns its address and keys.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken stop)
    {
        if (ShouldProcess("this machine", "Start the simulator"))
        {
            SimulatorServer simulator = SimulatorStore.Start(new SimulatorOptions
            {
                Port = Port,
                ProcessingSeconds = ProcessingSeconds,
                RateLimits = Limits(),
                ApiKey = ApiKey,
            });
            if (Connect)
            {
                MediaMagicClientOptions options = new() { BaseUri = simulator.BaseUri };
                if (SessionStore.Add(new MMSession(SessionStore.DefaultName, new MediaMagicClient(simulator.ApiKey, options))) is string loss)
                {
                    SafeWarning.Write(this, loss);
                }
            }

            if (PassThru)
            {
                WriteObject(SimulatorStore.InfoOf(simulator));
            }
        }

        return Task.CompletedTask;
    }

    private Dictionary<string, int>? Limits()
    {
        object? limit = RateLimit is PSObject wrapped ? wrapped.BaseObject : RateLimit;
        try
        {
            Dictionary<string, int> limits = new(StringComparer.Ordinal);
            if (limit is IDictionary map)
            {
                foreach (DictionaryEntry entry in map)
                {
                    limits[entry.Key.ToString()!] = Convert.ToInt32(entry.Value, CultureInfo.InvariantCulture);
                }
            }
            else if (limit is not null)
            {
                limits["*"] = Convert.ToInt32(limit, CultureInfo.InvariantCulture);
            }

            return limits.Count == 0 ? null : limits;
        }
        catch (Exception failure) when (failure is FormatException or InvalidCastException or OverflowException)
        {
            throw new ArgumentException("-RateLimit takes a number of requests a minute, or a hashtable of such numbers by bucket.", failure);
        }
    }
}
