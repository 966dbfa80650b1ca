using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace MediaMagic.Bulk;

/// <summary>
/// The one writer of a run: what comes in while a transaction is being committed goes into the next one together. A caller goes
/// on when what it asked for is committed. Everything asked for may be carried out twice without harm, for a connection
/// that is lost during a commit leaves open whether it was.
/// </summary>
internal sealed class LedgerWriter : IDisposable
{
    private const int MostTogether = 256;

    private readonly ConcurrentQueue<LedgerCommand> _waiting = new();
    private readonly SemaphoreSlim _ready = new(0);
    private readonly LedgerDialect _dialect;
    private readonly TimeSpan _patience;
    private readonly TimeProvider _clock;
    private readonly Action? _boundary;
    private readonly Task _loop;
    private LedgerSession? _session;
    private MediaMagicException? _broken;
    private volatile bool _ended;

    private LedgerWriter(LedgerDialect dialect, LedgerSession session, TimeSpan patience, TimeProvider clock, Action? boundary)
    {
        _dialect = dialect;
        _session = session;
        _patience = patience;
        _clock = clock;
        _boundary = boundary;
        _loop = Task.Run(LoopAsync);
    }

    /// <summary>What ended the ledger's use; null while it can be used.</summary>
    public MediaMagicException? Broken => Volatile.Read(ref _broken);

    /// <summary>Opens the ledger; <paramref name="patience"/> is how long a lost connection is waited for later.</summary>
    public static async Task<LedgerWriter> OpenAsync(LedgerDialect dialect, TimeSpan patience, TimeProvider clock, Action? boundary, CancellationToken stop)
    {
        LedgerSession session = await LedgerPatience
            .RunAsync(dialect, patience, clock, () => LedgerSession.OpenAsync(dialect, create: true, stop), stop).ConfigureAwait(false);
        return new LedgerWriter(dialect, session, patience, clock, boundary);
    }

    /// <summary>Has the command run in the next transaction.</summary>
    public Task<T> RunAsync<T>(ValueCommand<T> command)
    {
        if (_broken is MediaMagicException broken)
        {
            command.Fail(broken);
        }
        else
        {
            _waiting.Enqueue(command);
            _ready.Release();
        }

        return command.Done;
    }

    /// <summary>Ends when everything that was asked for is done, or cannot be.</summary>
    public Task CloseAsync()
    {
        _ended = true;
        _ready.Release();
        return _loop;
    }

    public void Dispose() => _ready.Dispose();

    private async Task LoopAsync()
    {
        List<LedgerCommand> together = new(MostTogether);
        while (true)
        {
            await _ready.WaitAsync().ConfigureAwait(false);
            while (together.Count < MostTogether && _waiting.TryDequeue(out LedgerCommand? item))
            {
                together.Add(item);
            }

            if (together.Count > 0)
            {
                await RunTogetherAsync(together).ConfigureAwait(false);
                together.Clear();
            }
            else if (_ended)
            {
                break;
            }
        }

        _session?.Dispose();
    }

    private async Task RunTogetherAsync(List<LedgerCommand> items)
    {
        for (LedgerDeadline deadline = new(_dialect, _patience, _clock); _broken is null;)
        {
            try
            {
                _session ??= await LedgerSession.OpenAsync(_dialect, create: true, CancellationToken.None).ConfigureAwait(false);
                await _session.CommitAsync(items, _boundary).ConfigureAwait(false);
                items.ForEach(static item => item.Finish());
                return;
            }
            catch (Exception failure)
            {
                _session?.Dispose();
                _session = null;
                if (_dialect.Address.IsPrivate || _dialect.FaultOf(failure) is not (LedgerFault.Conflict or LedgerFault.Held or LedgerFault.Lost) || deadline.IsOver())
                {
                    Volatile.Write(ref _broken, _dialect.Explain(failure));
                    break;
                }
            }

            await LedgerPatience.PauseAsync(_clock, CancellationToken.None).ConfigureAwait(false);
        }

        items.ForEach(item => item.Fail(_broken!));
    }
}
