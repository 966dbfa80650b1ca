using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Client;
using MediaMagic.Parameters;
using MediaMagic.Sessions;

namespace MediaMagic.Commands;

/// <summary>A cmdlet that calls the API: its work sees a live client.</summary>
public abstract class SessionCmdlet : AsyncCmdlet
{
    private MediaMagicClient? _client;

    /// <summary>The session to use, as Connect-MMService -PassThru returned it, or its name; without it the current one.</summary>
    [Parameter]
    [SessionTransformation]
    [ArgumentCompleter(typeof(SessionNameCompleter))]
    public MMSession? Session { get; set; }

    /// <summary>The session in use.</summary>
    private protected MMSession Live { get; private set; } = null!;

    /// <inheritdoc/>
    protected sealed override Task BeginAsync(CancellationToken stop)
    {
        Live = SessionStore.Require(Session);
        _client = Live.RequireClient().Observed(new CmdletObserver(this, OnPipeline));
        return BeginAsync(_client, stop);
    }

    /// <inheritdoc/>
    protected sealed override Task ProcessAsync(CancellationToken stop) => ProcessAsync(_client!, stop);

    /// <inheritdoc/>
    protected sealed override Task EndAsync(CancellationToken stop) => EndAsync(_client!, stop);

    /// <summary>Runs before the first input.</summary>
    protected virtual Task BeginAsync(MediaMagicClient client, CancellationToken stop) => Task.CompletedTask;

    /// <summary>Runs for every input.</summary>
    protected virtual Task ProcessAsync(MediaMagicClient client, CancellationToken stop) => Task.CompletedTask;

    /// <summary>Runs after the last input.</summary>
    protected virtual Task EndAsync(MediaMagicClient client, CancellationToken stop) => Task.CompletedTask;
}
