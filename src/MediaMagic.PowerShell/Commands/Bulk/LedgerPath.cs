using System.Management.Automation;
using MediaMagic.Errors;

namespace MediaMagic.Commands.Bulk;

/// <summary>A ledger as it is named at a prompt: a relative file is one of PowerShell's current folder.</summary>
internal static class LedgerPath
{
    public static string Of(PSCmdlet cmdlet, string ledger)
    {
        // Whatever else looks like an address is refused where addresses are read, without being repeated.
        if (ledger.Contains("://", System.StringComparison.Ordinal))
        {
            return ledger;
        }

        string path = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(ledger, out ProviderInfo provider, out _);
        return provider.Name == "FileSystem"
            ? path
            : throw new MediaMagicException(LedgerErrors.Invalid($"'{ledger}' belongs to the provider {provider.Name}, and a ledger is a file"));
    }
}
