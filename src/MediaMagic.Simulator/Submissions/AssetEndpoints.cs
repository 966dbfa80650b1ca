using System;
using System.Collections.Generic;
using System.Linq;

namespace MediaMagic.Simulator;

/// <summary>One asset: its state, its findings, another try.</summary>
internal sealed class AssetEndpoints
{
    private readonly World _world;

    public AssetEndpoints(World world) => _world = world;

    public Reply Get(Exchange exchange)
    {
        Asset asset = Find(exchange, out Submission submission);
        DateTimeOffset now = _world.Clock.GetUtcNow();
        return Reply.Json(200, json =>
        {
            json.WriteStartObject();
            json.WriteString("submissionId", submission.Id);
            SubmissionJson.Identity(json, asset.Identity);
            json.WriteString("filename", asset.Identity.FileName);
            json.WriteString("mimeType", asset.Identity.MimeType);
            json.WriteString("status", asset.Run.Status(now));
            SubmissionJson.IssueCount(json, submission, asset, now);
            json.WriteStartArray("issues");
            foreach (Issue issue in asset.IsComplete(now) ? asset.Issues(submission.SidekickIds) : [])
            {
                IssueJson.Write(json, issue);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    public Reply Issues(Exchange exchange)
    {
        IReadOnlyList<Issue> issues = Finished(exchange, out _);
        return Reply.Json(200, json =>
        {
            json.WriteStartArray();
            foreach (Issue issue in issues)
            {
                IssueJson.Write(json, issue, withRuleContext: true);
            }

            json.WriteEndArray();
        });
    }

    public Reply Topics(Exchange exchange)
    {
        IReadOnlyList<Issue> issues = Finished(exchange, out Asset asset);
        ILookup<bool, IGrouping<string, Issue>> groups = issues.GroupBy(issue => issue.Rule.Topic).ToLookup(group => group.Count() > 1);
        return Reply.Json(200, json => IssueJson.Topics(json, asset.Id, [.. groups[true]], [.. groups[false].SelectMany(group => group)]));
    }

    public Reply Retry(Exchange exchange)
    {
        Asset asset = Find(exchange, out Submission submission);
        _world.Processing.Retry(submission, asset);
        return Reply.Json(202, json => SubmissionJson.Created(json, submission, "processing"));
    }

    private Asset Find(Exchange exchange, out Submission submission) =>
        _world.Submissions.FindAsset(exchange.Workspace, exchange.Segments[1], exchange.Segments[3], out submission);

    private IReadOnlyList<Issue> Finished(Exchange exchange, out Asset asset)
    {
        asset = Find(exchange, out Submission submission);
        DateTimeOffset now = _world.Clock.GetUtcNow();
        if (!asset.Run.HasEnded(now))
        {
            throw new Refusal(404, "Asset has not finished processing");
        }

        return asset.IsComplete(now) ? asset.Issues(submission.SidekickIds) : [];
    }
}
