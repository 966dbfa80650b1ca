using System.Management.Automation;
using System.Management.Automation.Host;

namespace MediaMagic.Commands;

/// <summary>The runtime of a command that is over: it takes nothing more, as a stopped pipeline does.</summary>
internal sealed class EndedRuntime : ICommandRuntime
{
    public PSHost Host => throw new PipelineStoppedException();

    public PSTransactionContext CurrentPSTransaction => throw new PipelineStoppedException();

    public bool ShouldContinue(string query, string caption) => throw new PipelineStoppedException();

    public bool ShouldContinue(string query, string caption, ref bool yesToAll, ref bool noToAll) => throw new PipelineStoppedException();

    public bool ShouldProcess(string target) => throw new PipelineStoppedException();

    public bool ShouldProcess(string target, string action) => throw new PipelineStoppedException();

    public bool ShouldProcess(string verboseDescription, string verboseWarning, string caption) => throw new PipelineStoppedException();

    public bool ShouldProcess(string verboseDescription, string verboseWarning, string caption, out ShouldProcessReason shouldProcessReason) =>
        throw new PipelineStoppedException();

    public void ThrowTerminatingError(ErrorRecord errorRecord) => throw new PipelineStoppedException();

    public bool TransactionAvailable() => throw new PipelineStoppedException();

    public void WriteCommandDetail(string text) => throw new PipelineStoppedException();

    public void WriteDebug(string text) => throw new PipelineStoppedException();

    public void WriteError(ErrorRecord errorRecord) => throw new PipelineStoppedException();

    public void WriteObject(object? sendToPipeline) => throw new PipelineStoppedException();

    public void WriteObject(object? sendToPipeline, bool enumerateCollection) => throw new PipelineStoppedException();

    public void WriteProgress(ProgressRecord progressRecord) => throw new PipelineStoppedException();

    public void WriteProgress(long sourceId, ProgressRecord progressRecord) => throw new PipelineStoppedException();

    public void WriteVerbose(string text) => throw new PipelineStoppedException();

    public void WriteWarning(string text) => throw new PipelineStoppedException();
}
