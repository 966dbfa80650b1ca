using System;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace MediaMagic.Simulator;

/// <summary>
/// Control for tests in another process: <c>POST</c> and <c>DELETE /simulator/faults</c>, <c>POST /simulator/rules</c>,
/// <c>POST /simulator/expire-upload-urls</c>. Bodies are JSON and must say so, which keeps web pages of others out.
/// </summary>
internal sealed class ControlEndpoint
{
    private readonly World _world;

    public ControlEndpoint(World world) => _world = world;

    public async Task<Reply> HandleAsync(Exchange exchange, CancellationToken stop)
    {
        string request = exchange.Method + " " + exchange.Path;
        if (exchange.Method == "POST" && exchange.ContentType?.StartsWith(Reply.JsonType, StringComparison.OrdinalIgnoreCase) != true)
        {
            return Reply.Detail(415, "Content-Type must be application/json");
        }

        switch (request)
        {
            case "POST /simulator/faults":
                AddFault(FaultJson.Read(await JsonBody.ReadAsync(exchange, stop).ConfigureAwait(false)));
                break;
            case "DELETE /simulator/faults":
                _world.Faults.Clear();
                break;
            case "POST /simulator/rules":
                AddRule(await JsonBody.ReadAsync(exchange, stop).ConfigureAwait(false));
                break;
            case "POST /simulator/expire-upload-urls":
                _world.UploadUrls.ExpireAll();
                break;
            default:
                return Reply.Detail(404, "Not Found");
        }

        return new Reply(204);
    }

    private void AddFault(SimulatorFault fault)
    {
        try
        {
            _world.Faults.Add(fault);
        }
        catch (ArgumentException error)
        {
            throw FieldProblems.One("body", error.Message);
        }
    }

    private void AddRule(JsonElement body)
    {
        FieldProblems problems = new();
        string? pattern = JsonFields.Text(body, "pattern", "pattern", problems, required: true, maxLength: 255);
        string? name = JsonFields.Text(body, "outcome", "outcome", problems, required: true, maxLength: 32);
        if (!Enum.TryParse(name, ignoreCase: true, out SimulatorOutcome outcome) && name is not null)
        {
            problems.Add("outcome", "Must be Complete, FailRetryable, FailPermanent or Slow", "enum");
        }

        problems.ThrowIfAny();
        _world.Outcomes.Add(pattern!, outcome);
    }
}
