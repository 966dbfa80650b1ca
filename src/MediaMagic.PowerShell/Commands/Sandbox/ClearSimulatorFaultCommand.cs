using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Sessions;

namespace MediaMagic.Commands.Sandbox;

/// <summary>Has the simulator behave again.</summary>
[Cmdlet(VerbsCommon.Clear, "MMSimulatorFault", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class ClearSimulatorFaultCommand : AsyncCmdlet
{
    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken stop)
    {
        if (ShouldProcess("the simulator", "Clear all faults"))
        {
            SimulatorStore.Require().ClearFaults();
        }

        return Task.CompletedTask;
    }
}
