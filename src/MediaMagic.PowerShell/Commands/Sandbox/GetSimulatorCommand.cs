using System.Management.Automation;
using MediaMagic.Sessions;

namespace MediaMagic.Commands.Sandbox;

/// <summary>Shows the simulator of this process, if one runs.</summary>
[Cmdlet(VerbsCommon.Get, "MMSimulator")]
[OutputType(typeof(SimulatorInfo))]
public sealed class GetSimulatorCommand : PSCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (SimulatorStore.Find() is { } simulator)
        {
            WriteObject(SimulatorStore.InfoOf(simulator));
        }
    }
}
