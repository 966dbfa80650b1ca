using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Client;
using MediaMagic.Files;
using MediaMagic.Parameters;

namespace MediaMagic.Commands.Files;

/// <summary>Asks for an address that one file can be uploaded to, by whatever tool.</summary>
[Cmdlet(VerbsCommon.New, "MMUploadUrl", SupportsShouldProcess = false)]
[OutputType(typeof(PresignedUpload))]
public sealed class NewUploadUrlCommand : SessionCmdlet
{
    /// <summary>The name that the file is to have.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ValidateNotNullOrEmpty]
    public string FileName { get; set; } = string.Empty;

    /// <summary>Its content type; without it the one of its name.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ContentTypeCompleter))]
    public string? ContentType { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessAsync(MediaMagicClient client, CancellationToken stop) => Attempt(FileName, async () =>
        WriteObject(await client.Uploads.CreateUrlAsync(FileName, ContentType ?? FileTypes.ForName(FileName) ?? "application/octet-stream", stop)));
}
