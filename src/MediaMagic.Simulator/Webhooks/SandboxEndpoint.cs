using System;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace MediaMagic.Simulator;

/// <summary>Fires events by hand; sandbox keys only.</summary>
internal sealed class SandboxEndpoint
{
    private const string DefaultMessage = "Sandbox simulated failure";
    private readonly World _world;

    public SandboxEndpoint(World world) => _world = world;

    public async Task<Reply> FireAsync(Exchange exchange, CancellationToken stop)
    {
        if (exchange.Key.IsLive)
        {
            throw new Refusal(403, "This endpoint is only available with sandbox keys");
        }

        JsonElement body = await JsonBody.ReadAsync(exchange, stop).ConfigureAwait(false);
        FieldProblems problems = new();
        string? type = JsonFields.Text(body, "eventType", "eventType", problems, required: true, maxLength: 255);
        string? id = JsonFields.Text(body, "submissionId", "submissionId", problems, required: true, maxLength: 255);
        string? message = JsonFields.Text(body, "errorMessage", "errorMessage", problems, required: false, maxLength: 4096);
        if (type is not null && !EventTypes.IsKnown(type))
        {
            problems.Add("eventType", $"Must be '{EventTypes.Completed}' or '{EventTypes.Failed}'", "enum");
        }

        if (id is not null && !Guid.TryParse(id, out _))
        {
            problems.Add("submissionId", "Must be a UUID", "uuid_parsing");
        }

        problems.ThrowIfAny();
        Submission submission = _world.Submissions.Find(exchange.Workspace, id!);
        DateTimeOffset now = _world.Clock.GetUtcNow();
        int dispatched = submission.Assets.Sum(asset =>
            _world.Webhooks.Announce(WebhookEvent.Simulated(type!, submission, asset, now, message ?? DefaultMessage)));
        return Reply.Json(200, json =>
        {
            json.WriteStartObject();
            json.WriteNumber("dispatched", dispatched);
            json.WriteEndObject();
        });
    }
}
