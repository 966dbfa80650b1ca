using System;
using System.Management.Automation;

namespace MediaMagic.Commands;

/// <summary>Warns about something beside the command's work. It never ends the command, whose work succeeded.</summary>
internal static class SafeWarning
{
    /// <summary>Writes the warning. If the user has warnings end or interrupt a command, it goes to the host only.</summary>
    public static void Write(PSCmdlet cmdlet, string text)
    {
        if (Interrupts(cmdlet))
        {
            cmdlet.Host?.UI?.WriteWarningLine(text);
        }
        else
        {
            cmdlet.WriteWarning(text);
        }
    }

    // Under -Debug, Windows PowerShell stops to ask at every warning.
    private static bool Interrupts(PSCmdlet cmdlet)
    {
        bool isGiven = cmdlet.MyInvocation.BoundParameters.TryGetValue("WarningAction", out object? given);
        return (!isGiven && cmdlet.MyInvocation.BoundParameters.ContainsKey("Debug"))
            || !Enum.TryParse((isGiven ? given : cmdlet.GetVariableValue("WarningPreference"))?.ToString() ?? nameof(ActionPreference.Continue), ignoreCase: true, out ActionPreference action)
            || action is not (ActionPreference.Continue or ActionPreference.SilentlyContinue or ActionPreference.Ignore);
    }
}
