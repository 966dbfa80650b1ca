using System.Management.Automation;
using MediaMagic.Sessions;

namespace MediaMagic.Commands.Sandbox;

/// <summary>Stops the simulator of this process, if one runs.</summary>
[Cmdlet(VerbsLifecycle.Stop, "MMSimulator", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class StopSimulatorCommand : PSCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (SimulatorStore.Find() is { } simulator && ShouldProcess(simulator.BaseUri.ToString(), "Stop the simulator"))
        {
            SimulatorStore.Stop();
        }
    }
}
