using System;
using System.Collections.ObjectModel;
using System.Linq;
using System.Management.Automation;
using System.Net;
using System.Security;
using MediaMagic.Errors;

namespace MediaMagic.Commands.Sessions;

/// <summary>Where an API key may come from, besides a parameter and the environment.</summary>
internal static class KeySources
{
    /// <summary>Reads the secret through SecretManagement, if that is installed.</summary>
    public static string FromVault(PSCmdlet cmdlet, string name, string? vault)
    {
        if (cmdlet.InvokeCommand.GetCommand("Get-Secret", CommandTypes.Cmdlet | CommandTypes.Function) is not CommandInfo command)
        {
            throw NotConnected("-SecretName needs the module Microsoft.PowerShell.SecretManagement, which is not installed.");
        }

        using PowerShell shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddCommand(command).AddParameter("Name", name);
        if (vault is not null)
        {
            shell.AddParameter("Vault", vault);
        }

        try
        {
            Collection<PSObject> found = shell.Invoke();
            if (found.Count == 0 && shell.Streams.Error.Count > 0)
            {
                throw Unreadable(name, shell.Streams.Error[0].Exception);
            }

            return found.FirstOrDefault()?.BaseObject switch
            {
                SecureString secret => Plain(secret),
                PSCredential credential => Plain(credential.Password),
                string text => text,
                _ => throw NotConnected($"The secret '{name}' is neither text nor a credential."),
            };
        }
        catch (RuntimeException failure)
        {
            throw Unreadable(name, failure);
        }
    }

    /// <summary>Asks for the key, without showing it; an error where nobody can be asked.</summary>
    public static string Prompt(PSCmdlet cmdlet)
    {
        if (IsUnattended(cmdlet.Host.Name))
        {
            throw new MediaMagicException(LocalErrors.NotConnected());
        }

        try
        {
            cmdlet.Host.UI.Write("MediaMagic API key: ");
            return Plain(cmdlet.Host.UI.ReadLineAsSecureString());
        }
        catch (Exception refusal) when (refusal is not PipelineStoppedException)
        {
            // Hosts that cannot ask throw exceptions of many types.
            throw new MediaMagicException(LocalErrors.NotConnected(), refusal);
        }
    }

    // Only a host on the console, or at the other end of a job, depends on the standard input. An editor has a window of its own to ask in.
    private static bool IsUnattended(string host) =>
        (Console.IsInputRedirected && (host is "ConsoleHost" or "ServerRemoteHost")) || Array.Exists(Environment.GetCommandLineArgs(), IsNonInteractive);

    private static bool IsNonInteractive(string argument) =>
        argument.StartsWith("-noni", StringComparison.OrdinalIgnoreCase) || argument.StartsWith("--noni", StringComparison.OrdinalIgnoreCase);

    private static string Plain(SecureString secret) => new NetworkCredential(string.Empty, secret).Password;

    private static MediaMagicException Unreadable(string name, Exception cause) =>
        NotConnected($"The secret '{name}' could not be read: {cause.Message}", cause);

    private static MediaMagicException NotConnected(string why, Exception? cause = null) =>
        new(LocalErrors.Make(ErrorCode.NotConnected, why, null, null), cause);
}
