using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Client;
using MediaMagic.Parameters;

namespace MediaMagic.Commands.Submissions;

/// <summary>Reads all versions of a submission's assets.</summary>
[Cmdlet(VerbsCommon.Get, "MMSubmissionVersion")]
[OutputType(typeof(SubmissionVersion))]
public sealed class GetSubmissionVersionCommand : SessionCmdlet
{
    /// <summary>The submission.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [ValidateNotNullOrEmpty]
    [IdTransformation("SubmissionId", "Id")]
    [ArgumentCompleter(typeof(SubmissionIdCompleter))]
    public string SubmissionId { get; set; } = string.Empty;

    /// <inheritdoc/>
    protected override Task ProcessAsync(MediaMagicClient client, CancellationToken stop) => Attempt(SubmissionId, async () =>
        WriteObject(await client.Submissions.GetVersionsAsync(SubmissionId, stop), enumerateCollection: true));
}
