using System.Threading;
using System.Threading.Tasks;

namespace MediaMagic.Simulator;

/// <summary>What the simulator answers outside the API and storage: its page, that page's data, and control from outside.</summary>
internal sealed class PageEndpoint
{
    private readonly StateJson _state;
    private readonly ControlEndpoint _control;

    public PageEndpoint(World world)
    {
        _state = new StateJson(world);
        _control = new ControlEndpoint(world);
    }

    public static bool Answers(Exchange exchange) => !exchange.IsApi && exchange.Segments[0] is "" or "simulator";

    public async Task<Reply> HandleAsync(Exchange exchange, CancellationToken stop)
    {
        switch (exchange.Method + " " + exchange.Path)
        {
            case "GET /":
                return PageFile.Reply();
            case "GET /simulator/state":
                return Reply.Json(200, _state.Write).With("Cache-Control", "no-store");
            default:
                try
                {
                    return await _control.HandleAsync(exchange, stop).ConfigureAwait(false);
                }
                catch (Refusal error)
                {
                    return error.Reply;
                }
        }
    }
}
