using System;
using System.IO;
using System.Net.Sockets;
using System.Threading.Tasks;

namespace MediaMagic.Webhooks;

/// <summary>One client's connection: request, answer, the next request.</summary>
internal sealed class WebhookConnection : IDisposable
{
    private const long LongestRest = 4 * Reception.LongestBody;
    private static readonly TimeSpan s_idle = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_head = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_body = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_answer = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_rest = TimeSpan.FromSeconds(2);

    // Where a receive does not notice that nothing more is to come, the connection is cut so much later.
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(2);

    private readonly Socket _socket;
    private readonly NetworkStream _stream;
    private readonly ByteReader _reader;
    private readonly Reception _reception;
    private readonly TimeProvider _clock;
    private readonly object _gate = new();
    private long _since;
    private TimeSpan _allowed = s_idle;
    private bool _isIdle = true;
    private bool _ending;
    private volatile bool _late;

    public WebhookConnection(Socket socket, Reception reception, TimeProvider clock)
    {
        _socket = socket;
        _socket.NoDelay = true;
        _stream = new NetworkStream(socket, ownsSocket: true);
        _reader = new ByteReader(_stream);
        _reception = reception;
        _clock = clock;
        _since = clock.GetTimestamp();
    }

    /// <summary>Whether no request is under way.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_gate)
            {
                return _isIdle;
            }
        }
    }

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

    /// <summary>Ends the connection if what it is at takes longer than it may.</summary>
    public void CheckTime()
    {
        TimeSpan over;
        lock (_gate)
        {
            over = _clock.GetElapsedTime(_since) - _allowed;
        }

        if (over > s_grace)
        {
            Dispose();
        }
        else if (over > TimeSpan.Zero && !_late)
        {
            // The reading side wakes up with nothing, and can still say why.
            _late = true;
            Shut(SocketShutdown.Receive);
        }
    }

    /// <summary>Ends the connection now if it is idle, else behind the request under way.</summary>
    public void End()
    {
        lock (_gate)
        {
            _ending = true;
            if (!_isIdle || HasBytes())
            {
                return;
            }
        }

        Dispose();
    }

    public void Dispose() => _stream.Dispose();

    private async Task<bool> ServeAsync()
    {
        Allow(s_idle, idle: true);
        if (!await _reader.WaitAsync().ConfigureAwait(false))
        {
            return false;
        }

        Allow(s_head);
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

        Allow(s_body);
        if (head.AwaitsContinue && !_reader.HasBytes)
        {
            await _stream.WriteAsync(ReplyBytes.Continue).ConfigureAwait(false);
        }

        (byte[]? body, status) = await BodyReader.ReadAsync(_reader, head, Reception.LongestBody).ConfigureAwait(false);
        if (body is null)
        {
            return await RefuseAsync(status).ConfigureAwait(false);
        }

        status = _reception.Answer(head, body);
        bool close = head.Closes || status == 503 || IsEnding();
        await AnswerAsync(status, close).ConfigureAwait(false);
        return !close;
    }

    // What is left of the request is of no use; it is read all the same for a while, or the client would see a reset and not the answer.
    private async Task<bool> RefuseAsync(int status)
    {
        if (status == 0 && !_late)
        {
            return false;
        }

        await AnswerAsync(status == 0 ? 408 : status, close: true).ConfigureAwait(false);
        if (!_late)
        {
            Allow(s_rest);
            Shut(SocketShutdown.Send);
            await _reader.DrainAsync(LongestRest).ConfigureAwait(false);
        }

        return false;
    }

    private async Task AnswerAsync(int status, bool close)
    {
        Allow(s_answer);
        await _stream.WriteAsync(ReplyBytes.Of(status, _clock.GetUtcNow(), close)).ConfigureAwait(false);
    }

    private bool IsEnding()
    {
        lock (_gate)
        {
            return _ending;
        }
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

    private void Allow(TimeSpan time, bool idle = false)
    {
        lock (_gate)
        {
            _since = _clock.GetTimestamp();
            _allowed = time;
            _isIdle = idle;
            ObjectDisposedException.ThrowIf(idle && _ending, this);
        }
    }

    private void Shut(SocketShutdown side)
    {
        try
        {
            _socket.Shutdown(side);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // It is over already.
        }
    }
}
