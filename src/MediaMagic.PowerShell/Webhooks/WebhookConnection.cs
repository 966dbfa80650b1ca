using System;
using System.IO;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace MediaMagic.Webhooks;

/// <summary>One client's connection: request, answer, the next request.</summary>
internal sealed class WebhookConnection : IDisposable
{
    private const long LongestRest = 4 * Reception.LongestBody;

    // The connection is closed so much later if it could not write why.
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(2);

    private readonly Socket _socket;
    private readonly Stream _stream;
    private readonly ByteReader _reader;
    private readonly Reception _reception;
    private readonly TimeProvider _clock;
    private readonly Action _changed;
    private readonly object _gate = new();
    private readonly TaskCompletionSource<bool> _late = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _since;
    private volatile ConnectionState _state;
    private volatile bool _ending;
    private bool _cut;

    public WebhookConnection(Socket socket, Stream stream, Reception reception, TimeProvider clock, Action changed)
    {
        _socket = socket;
        _socket.NoDelay = true;
        _stream = stream;
        _reader = new ByteReader(stream, _late.Task);
        _reception = reception;
        _clock = clock;
        _changed = changed;
        _since = clock.GetTimestamp();
    }

    /// <summary>What the connection is doing.</summary>
    public ConnectionState State => _state;

    /// <summary>The timestamp of the last change of state.</summary>
    public long Since => Volatile.Read(ref _since);

    /// <summary>Answers requests until one side has enough.</summary>
    public async Task RunAsync()
    {
        try
        {
            while (await ServeAsync().ConfigureAwait(false))
            {
            }
        }
        catch (Exception gone) when (gone is IOException or SocketException or ObjectDisposedException)
        {
            // The client left, or was made to.
        }
        finally
        {
            Dispose();
        }
    }

    /// <summary>Ends the connection if its state lasts longer than it may.</summary>
    public void CheckTime()
    {
        TimeSpan over;
        lock (_gate)
        {
            over = _clock.GetElapsedTime(_since) - LimitOf(_state);
        }

        if (over > s_grace)
        {
            Dispose();
        }
        else if (over > TimeSpan.Zero)
        {
            // A pending read returns nothing, and the answer can still say why. Shutting the socket down does not end such a read on every system.
            _late.TrySetResult(true);
        }
    }

    /// <summary>Ends the connection now if it is idle, else behind the request under way.</summary>
    public void End()
    {
        _ending = true;
        EndIdle();
    }

    /// <summary>Ends the connection if no request is under way; false when there is one.</summary>
    public bool EndIdle()
    {
        lock (_gate)
        {
            if (_cut || _state != ConnectionState.Idle || HasBytes())
            {
                return false;
            }

            _cut = true;
        }

        Dispose();
        return true;
    }

    /// <summary>Ends the connection now, or behind the answer that is being written.</summary>
    public void Cut()
    {
        lock (_gate)
        {
            _cut = true;
            if (_state == ConnectionState.Answer)
            {
                return;
            }
        }

        Dispose();
    }

    public void Dispose() => _stream.Dispose();

    private static TimeSpan LimitOf(ConnectionState state) => TimeSpan.FromSeconds(state switch
    {
        ConnectionState.Idle => 60,
        ConnectionState.Body => 20,
        ConnectionState.Rest => 2,
        _ => 10,
    });

    private async Task<bool> ServeAsync()
    {
        if (!_reader.HasBytes)
        {
            // A read of no bytes leaves them in the socket, where an end that comes now finds them.
            Enter(ConnectionState.Idle);
            await _reader.AwaitAsync().ConfigureAwait(false);
        }

        Enter(ConnectionState.Head);
        if (!await _reader.WaitAsync().ConfigureAwait(false))
        {
            return false;
        }

        (RequestHead? head, int status) = await _reader.ReadHeadAsync().ConfigureAwait(false);
        if (head is null)
        {
            return await RefuseAsync(status).ConfigureAwait(false);
        }

        status = _reception.Refuse(head);
        if (status != 0)
        {
            return await RefuseAsync(status).ConfigureAwait(false);
        }

        Enter(ConnectionState.Body);
        if (head.AwaitsContinue && !_reader.HasBytes)
        {
            await _stream.WriteAsync(ReplyBytes.Continue).ConfigureAwait(false);
        }

        (byte[]? body, status) = await BodyReader.ReadAsync(_reader, head, Reception.LongestBody).ConfigureAwait(false);
        if (body is null)
        {
            return await RefuseAsync(status).ConfigureAwait(false);
        }

        bool close = true;
        await _reception.AnswerAsync(head, body, answer => AnswerAsync(answer, close = head.Closes || answer == 503 || _ending)).ConfigureAwait(false);
        return !close;
    }

    // What is left of the request is of no use; it is read all the same for a while, or the client would see a reset and not the answer.
    private async Task<bool> RefuseAsync(int status)
    {
        if (status == 0 && !_late.Task.IsCompleted)
        {
            return false;
        }

        await AnswerAsync(status == 0 ? 408 : status, close: true).ConfigureAwait(false);
        if (!_late.Task.IsCompleted)
        {
            Enter(ConnectionState.Rest);
            ShutSend();
            await _reader.DrainAsync(LongestRest).ConfigureAwait(false);
        }

        return false;
    }

    private async Task AnswerAsync(int status, bool close)
    {
        Enter(ConnectionState.Answer);
        await _stream.WriteAsync(ReplyBytes.Of(status, _clock.GetUtcNow(), close)).ConfigureAwait(false);
    }

    // A request that has come and was not looked at yet.
    private bool HasBytes()
    {
        try
        {
            return _socket.Available > 0;
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }

    private void Enter(ConnectionState state)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_cut || (_ending && state == ConnectionState.Idle && !HasBytes()), this);
            _since = _clock.GetTimestamp();
            _state = state;
        }

        _changed();
    }

    private void ShutSend()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // It is over already.
        }
    }
}
