using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace MediaMagic.Simulator;

/// <summary>The API: finds the route, admits the key, counts it against its limit, does the work.</summary>
internal sealed class ApiEndpoint
{
    private readonly World _world;
    private readonly RouteTable _routes;

    public ApiEndpoint(World world)
    {
        _world = world;
        _routes = new RouteTable(world);
    }

    public IEnumerable<string> Names => _routes.Names;

    public void Resolve(Exchange exchange)
    {
        if (exchange.IsApi)
        {
            exchange.Route = _routes.Find(exchange.Method, exchange.Segments, out _);
        }
    }

    public async Task<Reply> HandleAsync(Exchange exchange, CancellationToken stop)
    {
        if (exchange.Route is not Route route)
        {
            return NoRoute(exchange);
        }

        Reply? refusal = _world.Keys.Admit(exchange.Header("X-API-Key"), route.Bucket, out ApiKeyEntry key);
        refusal ??= _world.Limits.Count(key, route.Bucket);
        if (refusal is not null)
        {
            return refusal;
        }

        exchange.Key = key;
        try
        {
            return await route.Handle(exchange, stop).ConfigureAwait(false);
        }
        catch (Refusal error)
        {
            return error.Reply;
        }
    }

    private Reply NoRoute(Exchange exchange)
    {
        IReadOnlyList<string> allowed = [];
        if (exchange.IsApi)
        {
            _ = _routes.Find(exchange.Method, exchange.Segments, out allowed);
        }

        return allowed.Count == 0
            ? Reply.Detail(404, "Not Found")
            : Reply.Detail(405, "Method Not Allowed")
                .With("Allow", string.Join(", ", allowed.OrderBy(method => method, StringComparer.Ordinal)));
    }
}
