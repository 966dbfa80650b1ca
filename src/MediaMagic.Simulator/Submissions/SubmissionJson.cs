using System;
using System.Text.Json;

namespace MediaMagic.Simulator;

/// <summary>Submissions as the API shows them.</summary>
internal static class SubmissionJson
{
    public static void Created(Utf8JsonWriter json, Submission submission, string status)
    {
        json.WriteStartObject();
        json.WriteString("submissionId", submission.Id);
        json.WriteString("workflowId", submission.WorkflowId);
        json.WriteString("ablyChannel", "submission:" + submission.Id);
        json.WriteString("status", status);
        json.WriteStartArray("assets");
        foreach (Asset asset in submission.Assets)
        {
            json.WriteStartObject();
            Identity(json, asset.Identity);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void Status(Utf8JsonWriter json, Submission submission, DateTimeOffset now, SimulatorOptions options)
    {
        string status = submission.Status(now);
        bool retryable = false;
        json.WriteStartObject();
        json.WriteString("submissionId", submission.Id);
        json.WriteOptional("workflowId", status == "submitted" ? null : submission.WorkflowId);
        json.WriteString("workspaceId", submission.WorkspaceId);
        json.WriteString("status", status);
        json.WriteNumber("progressPercent", submission.Progress(now));
        json.WriteString("createdAt", JsonText.Date(submission.CreatedAt));
        json.WriteOptional("completedAt", submission.CompletedAt(now) is DateTimeOffset end ? JsonText.Date(end) : null);
        json.WriteOptional("errorMessage", submission.ErrorMessage(now));
        json.WriteStartArray("assets");
        foreach (Asset asset in submission.Assets)
        {
            bool canRetry = asset.CanRetry(now, options.MaxRetries);
            retryable |= canRetry;
            json.WriteStartObject();
            WriteState(json, submission, asset, now, options.OmitAssetStatus);
            json.WriteBoolean("isRetryable", canRetry);
            json.WriteNumber("retryCount", asset.Run.Number);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteBoolean("isRetryable", retryable);
        json.WriteEndObject();
    }

    public static void Identity(Utf8JsonWriter json, AssetIdentity identity)
    {
        json.WriteString("assetId", identity.Id);
        json.WriteString("versionGroupId", identity.VersionGroupId);
        json.WriteNumber("versionNumber", identity.VersionNumber);
    }

    public static void IssueCount(Utf8JsonWriter json, Submission submission, Asset asset, DateTimeOffset now)
    {
        if (asset.IsComplete(now))
        {
            json.WriteNumber("issueCount", asset.Issues(submission.SidekickIds).Count);
        }
        else
        {
            json.WriteNull("issueCount");
        }
    }

    private static void WriteState(Utf8JsonWriter json, Submission submission, Asset asset, DateTimeOffset now, bool omitStatus)
    {
        Identity(json, asset.Identity);
        IssueCount(json, submission, asset, now);
        if (!omitStatus)
        {
            json.WriteString("status", asset.Run.Status(now));
        }

        json.WriteOptional("errorMessage", asset.ErrorMessage(now));
        json.WriteOptional("errorType", asset.ErrorType(now));
    }
}
