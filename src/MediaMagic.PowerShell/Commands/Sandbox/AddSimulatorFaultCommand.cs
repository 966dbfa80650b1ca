using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Parameters;
using MediaMagic.Sessions;
using MediaMagic.Simulator;

namespace MediaMagic.Commands.Sandbox;

/// <summary>Makes the next calls of the simulator misbehave as told.</summary>
[Cmdlet(VerbsCommon.Add, "MMSimulatorFault", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class AddSimulatorFaultCommand : AsyncCmdlet
{
    /// <summary>The calls meant, such as 'POST /submissions'; * is a wildcard.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(EndpointCompleter))]
    public string Endpoint { get; set; } = "*";

    /// <summary>The status to answer.</summary>
    [Parameter]
    [ValidateRange(100, 599)]
    public int? Status { get; set; }

    /// <summary>The body to answer; without it the documented one of the status.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? Body { get; set; }

    /// <summary>The answer's Retry-After, in seconds.</summary>
    [Parameter]
    [ValidateRange(0.0, 1e9)]
    public double? RetryAfterSec { get; set; }

    /// <summary>How long to wait first, in milliseconds.</summary>
    [Parameter]
    [ValidateRange(0, 86400000)]
    public int DelayMs { get; set; }

    /// <summary>Cuts the connection before the work, or after it: then the work is done and the answer lost.</summary>
    [Parameter]
    [ValidateSet("Before", "After")]
    public string? DropConnection { get; set; }

    /// <summary>How many calls misbehave; 0 means until the faults are cleared.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Count { get; set; } = 1;

    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken stop)
    {
        if (ShouldProcess(Endpoint, "Add a fault"))
        {
            SimulatorServer simulator = SimulatorStore.Require();
            if (!simulator.HasEndpoint(Endpoint))
            {
                throw new ArgumentException($"No endpoint of the simulator is like '{Endpoint}'. There are: {string.Join(", ", simulator.Endpoints)}. A * stands for any text.");
            }

            simulator.AddFault(new SimulatorFault
            {
                Endpoint = Endpoint,
                Status = Status,
                Body = Body,
                RetryAfterSec = RetryAfterSec,
                DelayMs = DelayMs,
                DropConnection = DropConnection switch
                {
                    "Before" => Simulator.DropConnection.Before,
                    "After" => Simulator.DropConnection.After,
                    _ => Simulator.DropConnection.None,
                },
                Count = Count,
            });
        }

        return Task.CompletedTask;
    }
}
