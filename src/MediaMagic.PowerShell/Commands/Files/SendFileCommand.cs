using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Client;
using MediaMagic.Errors;
using MediaMagic.Files;
using MediaMagic.IO;
using MediaMagic.Parameters;
using MediaMagic.Sessions;
using MediaMagic.Transfer;

namespace MediaMagic.Commands.Files;

/// <summary>Uploads files, so that they can be submitted.</summary>
[Cmdlet(VerbsCommunications.Send, "MMFile", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[OutputType(typeof(Upload))]
public sealed class SendFileCommand : PathCmdlet
{
    private static readonly FileChecker s_checker = new();
    private readonly ParallelQueue _queue = new();
    private MediaMagicClient _client = null!;
    private UploadBar _bar = null!;

    /// <summary>The content type to upload as; without it the one of the file's name.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ContentTypeCompleter))]
    public string? ContentType { get; set; }

    /// <summary>The name to send, when not the file's own.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? FileName { get; set; }

    /// <summary>The way the files go: Auto takes the direct one up to 10 MiB.</summary>
    [Parameter]
    public UploadMethod Method { get; set; }

    /// <summary>How many files are sent at once.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; } = 4;

    /// <summary>The size of the blocks that large files go in.</summary>
    [Parameter]
    [ValidateRange(64L * 1024, 4000L * 1024 * 1024)]
    public long BlockSizeBytes { get; set; } = BlockPlan.DefaultBlockSize;

    /// <summary>Sends without checking the file first.</summary>
    [Parameter]
    public SwitchParameter SkipValidation { get; set; }

    /// <summary>Indicates that an upload which was interrupted starts over. Without it, a file of 64 MiB or more goes on where it was.</summary>
    [Parameter]
    public SwitchParameter NoResume { get; set; }

    /// <summary>The session to use, as Connect-MMService -PassThru returned it, or its name; without it the current one.</summary>
    [Parameter]
    [SessionTransformation]
    [ArgumentCompleter(typeof(SessionNameCompleter))]
    public MMSession? Session { get; set; }

    /// <inheritdoc/>
    protected override Task BeginAsync(CancellationToken stop)
    {
        _client = SessionStore.Require(Session).RequireClient().Observed(new CmdletObserver(this, OnPipeline));
        _bar = new UploadBar(this, OnPipeline);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken stop)
    {
        foreach (string path in ResolvePaths())
        {
            if (ShouldProcess(path, "Upload"))
            {
                await _queue.AddAsync(() => Attempt(path, () => SendAsync(path, stop)), ThrottleLimit);
            }
        }
    }

    /// <inheritdoc/>
    protected override async Task EndAsync(CancellationToken stop)
    {
        await _queue.FinishAsync();
        _bar.Complete();
    }

    private async Task SendAsync(string path, CancellationToken stop)
    {
        FileCheck check = s_checker.Check(path, ContentType);
        if (!check.IsValid && (!SkipValidation || check.Length is null))
        {
            throw new MediaMagicException(check.Problems[0].Code == FileProblemCode.NotFound
                ? LocalErrors.FileNotFound(path)
                : LocalErrors.FileInvalid(path, string.Join("; ", Array.ConvertAll(check.Problems, problem => problem.Message))));
        }

        Upload upload = await _client.Files.UploadAsync(
            new UploadRequest
            {
                Path = path,
                ContentType = check.ContentType ?? "application/octet-stream",
                FileName = FileName,
                Method = Method,
                BlockSizeBytes = BlockSizeBytes,
                StateFolder = StateFolder.Path,
                StartOver = NoResume,
            },
            _bar.For(path),
            stop);
        _bar.Done(path);
        WriteObject(upload);
    }
}
