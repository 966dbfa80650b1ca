using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Net;
using System.Threading;
using System.Threading.Tasks;

namespace MediaMagic.Simulator;

/// <summary>Takes a request from arrival to answer: faults, the work, the log.</summary>
internal sealed class Dispatcher
{
    private const int Dropped = 0;
    private const int ClientLeft = 499;
    private readonly World _world;
    private readonly ApiEndpoint _api;
    private readonly StorageEndpoint _storage;
    private readonly PageEndpoint _page;
    private readonly ConnectionWatch _watch;
    private readonly object _counting = new();
    private int _open;

    public Dispatcher(World world)
    {
        _world = world;
        _api = new ApiEndpoint(world);
        _storage = new StorageEndpoint(world);
        _page = new PageEndpoint(world);
        _watch = new ConnectionWatch(world.Clock);
    }

    /// <summary>What faults can be told to meet: the API's endpoints, and storage by operation or as a whole.</summary>
    public IReadOnlyList<string> Endpoints =>
        [.. _api.Names, StorageOperation.PutBlob, StorageOperation.PutBlock, StorageOperation.PutBlockList, "/blob/*"];

    /// <summary>Gets how many requests are being handled. <see cref="Arrived"/> includes each of them.</summary>
    public int Open
    {
        get
        {
            lock (_counting)
            {
                return _open;
            }
        }
    }

    /// <summary>Gets how many requests arrived.</summary>
    public long Arrived
    {
        get
        {
            lock (_counting)
            {
                return _world.Log.Count;
            }
        }
    }

    public async Task HandleAsync(HttpListenerContext context, CancellationToken stop)
    {
        Visit? visit = null;
        try
        {
            ClientConnection.KeepOpen(context);
            Exchange exchange = new(context, _world.Clock.GetUtcNow());
            if (PageEndpoint.Answers(exchange))
            {
                Reply page = await _page.HandleAsync(exchange, stop).ConfigureAwait(false);
                await ReplySender.SendAsync(exchange, page, cut: false, stop).ConfigureAwait(false);
                return;
            }

            visit = new Visit(exchange, this);
            lock (_counting)
            {
                // Both counts change in one step, so that a reader never sees only one change.
                _open++;
                _world.Log.Arrived(context.Request.RemoteEndPoint);
            }

            _world.Changes.Raise();
            await HandleAsync(exchange, visit, stop).ConfigureAwait(false);
        }
        catch (Exception error) when (ClientConnection.IsGone(error))
        {
            visit?.End(ClientLeft);
            ClientConnection.Cut(context);
        }
        catch (Exception error)
        {
            Trace.TraceError("MediaMagic simulator: {0}", error);
            visit?.End(Dropped);
            ClientConnection.Cut(context);
        }
    }

    private async Task HandleAsync(Exchange exchange, Visit visit, CancellationToken stop)
    {
        _api.Resolve(exchange);
        SimulatorFault? fault = _world.Faults.Take(exchange);
        if (fault is not null && !await _watch.DelayAsync(exchange, fault, stop).ConfigureAwait(false))
        {
            visit.End(ClientLeft);
            ClientConnection.Cut(exchange.Context);
            return;
        }

        if (fault?.DropConnection == DropConnection.Before)
        {
            visit.End(Dropped);
            ClientConnection.Cut(exchange.Context);
            return;
        }

        exchange.FlipsByte = fault?.FlipByte == true;
        Reply? reply = FaultReply.InsteadOfWork(fault, exchange);
        if (reply is null)
        {
            reply = exchange.IsStorage
                ? await _storage.HandleAsync(exchange, stop).ConfigureAwait(false)
                : await _api.HandleAsync(exchange, stop).ConfigureAwait(false);
            reply = FaultReply.AfterWork(fault, exchange, reply);
        }

        bool cut = fault?.DropConnection == DropConnection.Within;
        if (fault?.DropConnection == DropConnection.After || (cut && reply.Body.Length == 0))
        {
            visit.End(Dropped);
            ClientConnection.Cut(exchange.Context);
            return;
        }

        await ReplySender.DrainAsync(exchange, stop).ConfigureAwait(false);
        visit.End(cut ? Dropped : reply.Status);
        await ReplySender.SendAsync(exchange, reply, cut, stop).ConfigureAwait(false);
    }

    /// <summary>Counts a request as open and logs it once, when its fate is known.</summary>
    private sealed class Visit
    {
        private readonly Exchange _exchange;
        private readonly Dispatcher _owner;
        private bool _ended;

        public Visit(Exchange exchange, Dispatcher owner)
        {
            _exchange = exchange;
            _owner = owner;
        }

        public void End(int status)
        {
            if (_ended)
            {
                return;
            }

            _ended = true;
            string path = _exchange.IsStorage ? UploadUrls.Redact(_exchange.Target) : _exchange.Target;
            _owner._world.Log.Answered(new SimulatorRequest(
                _exchange.Time, _exchange.Method, path, _exchange.Route?.Bucket, status, _exchange.RedactedHeaders()));
            lock (_owner._counting)
            {
                _owner._open--;
            }

            _owner._world.Changes.Raise();
        }
    }
}
