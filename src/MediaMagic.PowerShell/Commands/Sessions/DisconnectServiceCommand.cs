using System.Management.Automation;
using MediaMagic.Errors;
using MediaMagic.Parameters;
using MediaMagic.Sessions;

namespace MediaMagic.Commands.Sessions;

/// <summary>Forgets a session and closes its connections.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "MMService")]
[OutputType(typeof(void))]
public sealed class DisconnectServiceCommand : PSCmdlet
{
    /// <summary>The session's name; without it the current one.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(SessionNameCompleter))]
    public string? Name { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        string? name = Name ?? SessionStore.Current()?.Name;
        if (name is null || !SessionStore.Remove(name, out string? loss))
        {
            WriteError(ErrorRecords.From(new MediaMagicException(LocalErrors.NotConnected(name)), name));
        }
        else if (loss is not null)
        {
            SafeWarning.Write(this, loss);
        }
    }
}
