using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;

namespace MediaMagic.Simulator;

/// <summary>The endpoints under <c>/webhooks/subscriptions</c>.</summary>
internal sealed class WebhookEndpoints
{
    private const int SecretLength = 24;
    private const int DefaultLimit = 50;
    private const int MaxLimit = 200;
    private readonly SimulatorRandom _random = new(null);
    private readonly World _world;

    public WebhookEndpoints(World world) => _world = world;

    public async Task<Reply> CreateAsync(Exchange exchange, CancellationToken stop)
    {
        JsonElement body = await JsonBody.ReadAsync(exchange, stop).ConfigureAwait(false);
        WebhookSubscription subscription = SubscriptionReader.Read(
            body, exchange.Workspace, _world.Options.AllowLoopbackWebhooks, _random.Bytes(SecretLength), _world.Clock.GetUtcNow());
        return _world.Webhooks.TryAdd(subscription)
            ? Reply.Json(201, json => WriteObject(json, subscription, withSecret: true))
            : throw FieldProblems.One(
                "endpointUrl", $"The workspace has its {_world.Options.MaxWebhookSubscriptions} subscriptions already", "limit_reached");
    }

    public Reply List(Exchange exchange)
    {
        WebhookSubscription[] all = [.. _world.Webhooks.All().Where(subscription => subscription.WorkspaceId == exchange.Workspace)];
        return Reply.Json(200, json => JsonLists.Write(
            json, all, "items", _world.Options.WrapLists, subscription => WriteMembers(json, subscription)));
    }

    public Reply Get(Exchange exchange)
    {
        WebhookSubscription subscription = Find(exchange);
        return Reply.Json(200, json => WriteObject(json, subscription, withSecret: false));
    }

    public async Task<Reply> UpdateAsync(Exchange exchange, CancellationToken stop)
    {
        JsonElement body = await JsonBody.ReadAsync(exchange, stop).ConfigureAwait(false);
        WebhookSubscription subscription = Find(exchange);
        FieldProblems problems = new();
        foreach (JsonProperty member in body.EnumerateObject().Where(member => member.Name != "enabled"))
        {
            problems.Add(member.Name, "Extra inputs are not permitted", "extra_forbidden");
        }

        if (!body.TryGetProperty("enabled", out JsonElement enabled))
        {
            problems.Add("enabled", "Field required", "missing");
        }
        else if (enabled.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            problems.Add("enabled", "Expected true or false", "bool_type");
        }

        problems.ThrowIfAny();
        subscription.Enable(enabled.GetBoolean(), _world.Clock.GetUtcNow());
        return Reply.Json(200, json => WriteObject(json, subscription, withSecret: false));
    }

    public Reply Delete(Exchange exchange)
    {
        _world.Webhooks.Remove(Find(exchange));
        return new Reply(204);
    }

    public Reply Deliveries(Exchange exchange)
    {
        WebhookSubscription subscription = Find(exchange);
        int limit = DefaultLimit;
        if (exchange.Query.TryGetValue("limit", out string? text)
            && !(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit is >= 1 and <= MaxLimit))
        {
            throw FieldProblems.One("limit", "Must be a whole number from 1 to 200", "out_of_range");
        }

        if (exchange.Query.TryGetValue("status_filter", out string? status) && !Regex.IsMatch(status, "^[a-z]+(_[a-z]+)*$"))
        {
            throw FieldProblems.One("status_filter", "Must be a status in snake_case", "enum");
        }

        WebhookAttempt[] attempts = [.. subscription.Attempts().Where(attempt => status is null || attempt.Status == status)];
        return Reply.Json(200, json => WriteAttempts(json, attempts, limit));
    }

    private WebhookSubscription Find(Exchange exchange) => _world.Webhooks.Find(exchange.Workspace, exchange.Segments[2]);

    private static void WriteAttempts(Utf8JsonWriter json, WebhookAttempt[] attempts, int limit)
    {
        json.WriteStartObject();
        json.WritePropertyName("attempts");
        JsonLists.Write(json, attempts.Take(limit), string.Empty, wrap: false, attempt =>
        {
            json.WriteString("id", attempt.Id);
            json.WriteString("status", attempt.Status);
            json.WriteString("createdAt", JsonText.Date(attempt.CreatedAt));
            if (attempt.ResponseStatus is int status)
            {
                json.WriteNumber("responseStatus", status);
            }

            json.WriteString("eventId", attempt.EventId);
        });
        json.WriteNumber("total", attempts.Length);
        json.WriteEndObject();
    }

    private static void WriteObject(Utf8JsonWriter json, WebhookSubscription subscription, bool withSecret)
    {
        json.WriteStartObject();
        WriteMembers(json, subscription);
        if (withSecret)
        {
            json.WriteString("secret", subscription.SecretText);
        }

        json.WriteEndObject();
    }

    private static void WriteMembers(Utf8JsonWriter json, WebhookSubscription subscription)
    {
        json.WriteString("id", subscription.Id);
        json.WriteString("workspaceId", subscription.WorkspaceId);
        json.WriteString("endpointUrl", subscription.Endpoint.OriginalString);
        json.WriteStartArray("eventTypes");
        foreach (string type in subscription.EventTypes)
        {
            json.WriteStringValue(type);
        }

        json.WriteEndArray();
        json.WriteOptional("description", subscription.Description);
        json.WriteBoolean("enabled", subscription.Enabled);
        json.WriteString("createdAt", JsonText.Date(subscription.CreatedAt));
        json.WriteString("updatedAt", JsonText.Date(subscription.UpdatedAt));
    }
}
