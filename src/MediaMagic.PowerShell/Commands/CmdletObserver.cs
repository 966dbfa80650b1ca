using System;
using System.Globalization;
using System.Management.Automation;

namespace MediaMagic.Commands;

/// <summary>Tells -Verbose one line a request and one for each long wait, and -Debug headers and bodies.</summary>
internal sealed class CmdletObserver(PSCmdlet cmdlet, Action<Action> onPipeline) : RequestObserver
{
    // Lines and bodies are put together only for those who asked to see them.
    private readonly bool _debug = Wants(cmdlet, "Debug");
    private readonly bool _verbose = Wants(cmdlet, "Verbose");

    public override bool WantsRequests => _debug || _verbose;

    public override bool WantsExchanges => _debug;

    public override void OnRequest(RequestRecord record)
    {
        string line = string.Format(
            CultureInfo.InvariantCulture,
            "{0} {1} {2}, {3} {4}, {5:0} ms",
            record.Method,
            record.Path,
            record.StatusCode is int status ? status.ToString(CultureInfo.InvariantCulture) : record.ErrorCode ?? "no answer",
            record.Attempts,
            record.Attempts == 1 ? "attempt" : "attempts",
            record.DurationMs);
        onPipeline(() => Tell(line));
    }

    public override void OnWait(string text) => onPipeline(() => Tell(text));

    public override void OnExchange(string text) => onPipeline(() => cmdlet.WriteDebug(text));

    public override void OnWarning(string text) => onPipeline(() => SafeWarning.Write(cmdlet, text));

    // Under -Debug alone PowerShell stops to ask at every verbose line; there the line goes with the rest.
    private void Tell(string line)
    {
        if (cmdlet.MyInvocation.BoundParameters.ContainsKey("Debug") && !cmdlet.MyInvocation.BoundParameters.ContainsKey("Verbose"))
        {
            cmdlet.WriteDebug(line);
        }
        else
        {
            cmdlet.WriteVerbose(line);
        }
    }

    private static bool Wants(PSCmdlet cmdlet, string stream) =>
        cmdlet.MyInvocation.BoundParameters.TryGetValue(stream, out object? asked)
            ? asked is SwitchParameter { IsPresent: true }
            : cmdlet.GetVariableValue(stream + "Preference")?.ToString() is not (null or "SilentlyContinue" or "Ignore");
}
