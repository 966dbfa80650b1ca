using System;
using System.Collections;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Bulk;
using MediaMagic.Client;
using MediaMagic.Commands.Submissions;
using MediaMagic.Errors;
using MediaMagic.Formatting;
using MediaMagic.IO;
using MediaMagic.Parameters;
using MediaMagic.Sessions;

namespace MediaMagic.Commands.Bulk;

/// <summary>Checks, uploads and submits any number of files, and goes on where an earlier run with the same ledger ended.</summary>
[Cmdlet(VerbsLifecycle.Submit, "MMFile", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[OutputType(typeof(SubmitResult))]
public sealed class SubmitFileCommand : PathCmdlet
{
    private const string ResubmitWarning = "If the service accepted a file after all, it then has this file twice.";

    private BulkRun? _run;
    private BulkBar? _bar;

    /// <summary>How many files become one submission.</summary>
    [Parameter]
    [ValidateRange(1, BulkOptions.MostAssets)]
    public int AssetsPerSubmission { get; set; } = 1;

    /// <summary>How many files are uploaded at once, and how many submissions created.</summary>
    [Parameter]
    [ValidateRange(1, BulkOptions.MostAtOnce)]
    public int ThrottleLimit { get; set; } = 8;

    /// <summary>What remembers the run, so that it can be run again or shared: a file, or postgres://user@host:port/database.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Ledger { get; set; }

    /// <summary>Indicates that files which failed for good in an earlier run with the same ledger are tried again.</summary>
    [Parameter]
    public SwitchParameter RetryFailed { get; set; }

    /// <summary>Indicates that files whose submission stays unknown are submitted again under another name. The service may then have a file twice.</summary>
    [Parameter]
    public SwitchParameter ResubmitUnknown { get; set; }

    /// <summary>Waits until the submissions have ended.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>How long to wait for each submission at the most, in seconds.</summary>
    [Parameter]
    [ValidateRange(0.0, 604800.0)]
    public double TimeoutSec { get; set; } = 3600;

    /// <summary>The sidekicks to ask; without it the service decides, an empty list asks none.</summary>
    [Parameter]
    [AllowEmptyCollection]
    public Guid[]? SidekickId { get; set; }

    /// <summary>Anything to keep with each submission.</summary>
    [Parameter]
    public IDictionary? Metadata { get; set; }

    /// <summary>The session to use, as Connect-MMService -PassThru returned it, or its name; without it the current one.</summary>
    [Parameter]
    [SessionTransformation]
    [ArgumentCompleter(typeof(SessionNameCompleter))]
    public MMSession? Session { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken stop)
    {
        foreach (string path in ResolvePaths())
        {
            if (ShouldProcess(path, "Submit"))
            {
                _run ??= await StartAsync(stop);
                await _run.AddAsync(path, stop);
            }
        }
    }

    /// <inheritdoc/>
    protected override async Task EndAsync(CancellationToken stop)
    {
        if (_run is null)
        {
            return;
        }

        try
        {
            await _run.CompleteAsync(stop);
        }
        finally
        {
            _bar!.Complete();
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _bar?.Dispose();
            _run?.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task<BulkRun> StartAsync(CancellationToken stop)
    {
        MMSession session = SessionStore.Require(Session);
        MediaMagicClient client = session.RequireClient().Observed(new CmdletObserver(this, OnPipeline));
        BulkOptions options = new()
        {
            Ledger = Ledger is null ? null : LedgerPath.Of(this, Ledger),
            AssetsPerSubmission = AssetsPerSubmission,
            ThrottleLimit = ThrottleLimit,
            Wait = Wait,
            WaitTimeout = TimeSpan.FromSeconds(TimeoutSec),
            SidekickIds = SidekickId,
            Metadata = (IDictionary?)PlainValues.Of(Metadata),
            RetryFailed = RetryFailed,
            ResubmitUnknown = ResubmitUnknown && AgreesToResubmit(),
            StateFolder = StateFolder.Path,
        };
        BulkRun run = await BulkRun.StartAsync(client, options, (result, failure) => OnPipeline(() => Tell(session, result, failure)), stop);
        _bar = new BulkBar(this, run, OnPipeline);

        // However the command ends, it stops the run first and then waits for the files to be given back.
        stop.Register(run.Dispose);
        Track(run.Completion);
        return run;
    }

    // The impact of one switch is high, and that of the command is not. -Confirm asks for every file anyway.
    private bool AgreesToResubmit()
    {
        WriteWarning(ResubmitWarning);
        bool asks = !MyInvocation.BoundParameters.ContainsKey("Confirm") && GetVariableValue("ConfirmPreference")?.ToString() != nameof(ConfirmImpact.None);
        return !asks || ShouldContinue("Submit files again under another name if their submission stays unknown?", ResubmitWarning);
    }

    private void Tell(MMSession session, SubmitResult result, MediaMagicException? failure)
    {
        session.Seen.Add(SeenIds.Submissions, result.SubmissionId);
        session.Seen.Add(SeenIds.Assets, result.AssetId);
        WriteObject(result);
        if (failure is null)
        {
            return;
        }

        if (failure.Error.Code == ErrorCode.SubmissionFailed)
        {
            WriteWarning($"{Look.Text(result.Path)}: {failure.Message}");
        }
        else
        {
            WriteError(ErrorRecords.From(failure, result.Path));
        }
    }
}
