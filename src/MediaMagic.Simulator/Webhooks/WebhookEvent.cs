using System;

namespace MediaMagic.Simulator;

/// <summary>An event: the Standard Webhooks envelope, written once and sent to every subscriber.</summary>
internal sealed class WebhookEvent
{
    private WebhookEvent(string type, Submission submission, Asset asset, DateTimeOffset time, string? errorMessage)
    {
        Id = "evt_" + Guid.NewGuid().ToString("N");
        Type = type;
        WorkspaceId = submission.WorkspaceId;
        Body = JsonText.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("id", Id);
            json.WriteString("type", type);
            json.WriteString("timestamp", JsonText.Date(time));
            json.WriteStartObject("data");
            json.WriteString("workspace_id", submission.WorkspaceId);
            json.WriteString("submission_id", submission.Id);
            json.WriteString("asset_id", asset.Id);
            json.WriteString("version_group_id", asset.Identity.VersionGroupId);
            json.WriteNumber("version_number", asset.Identity.VersionNumber);
            json.WriteString("status", type == EventTypes.Failed ? "failed" : "complete");
            if (type == EventTypes.Failed)
            {
                json.WriteOptional("error_message", errorMessage);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        });
    }

    public string Id { get; }

    public string Type { get; }

    public string WorkspaceId { get; }

    public byte[] Body { get; }

    public static WebhookEvent Finished(Submission submission, Asset asset, AssetRun run) =>
        new(run.Fails ? EventTypes.Failed : EventTypes.Completed, submission, asset, run.EndsAt, asset.ErrorMessage(run.EndsAt));

    public static WebhookEvent Simulated(string type, Submission submission, Asset asset, DateTimeOffset time, string errorMessage) =>
        new(type, submission, asset, time, errorMessage);
}
