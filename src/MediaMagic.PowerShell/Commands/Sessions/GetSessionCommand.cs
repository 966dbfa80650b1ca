using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using MediaMagic.Errors;
using MediaMagic.Parameters;
using MediaMagic.Sessions;

namespace MediaMagic.Commands.Sessions;

/// <summary>Shows the sessions of this runspace, or what one of them asked lately.</summary>
[Cmdlet(VerbsCommon.Get, "MMSession")]
[OutputType(typeof(MMSession), typeof(RequestRecord))]
public sealed class GetSessionCommand : PSCmdlet
{
    /// <summary>The session's name; wildcards are allowed; without it all of them.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SessionNameCompleter))]
    public string? Name { get; set; }

    /// <summary>Returns the last 200 requests, oldest first, in place of the session.</summary>
    [Parameter]
    public SwitchParameter History { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        WildcardPattern pattern = new(Name ?? "*", WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
        List<MMSession> found = [.. SessionStore.All().Where(session => pattern.IsMatch(session.Name))];
        if (found.Count == 0 && Name is not null && !WildcardPattern.ContainsWildcardCharacters(Name))
        {
            WriteError(ErrorRecords.From(new MediaMagicException(LocalErrors.NotConnected(Name)), Name));
        }

        foreach (MMSession session in found)
        {
            WriteObject(History ? session.FindClient()?.History ?? [] : session, enumerateCollection: true);
        }
    }
}
