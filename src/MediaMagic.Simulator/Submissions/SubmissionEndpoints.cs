using System;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace MediaMagic.Simulator;

/// <summary>Creating submissions and reading them.</summary>
internal sealed class SubmissionEndpoints
{
    private readonly World _world;

    public SubmissionEndpoints(World world) => _world = world;

    public async Task<Reply> CreateAsync(Exchange exchange, CancellationToken stop)
    {
        JsonElement body = await JsonBody.ReadAsync(exchange, stop).ConfigureAwait(false);
        CreateRequest request = CreateRequestReader.Read(exchange, body);
        Submission submission = _world.Submissions.Create(exchange.Workspace, request);
        return Reply.Json(201, json => SubmissionJson.Created(json, submission, "submitted"));
    }

    public Reply Status(Exchange exchange)
    {
        Submission submission = _world.Submissions.Find(exchange.Workspace, exchange.Segments[1]);
        return Reply.Json(200, json => SubmissionJson.Status(json, submission, _world.Clock.GetUtcNow(), _world.Options));
    }

    public Reply Versions(Exchange exchange)
    {
        Submission submission = _world.Submissions.Find(exchange.Workspace, exchange.Segments[1]);
        VersionEntry[] versions = [.. _world.Submissions.Versions(submission).OrderBy(entry => entry.Asset.Identity.VersionNumber)];
        DateTimeOffset now = _world.Clock.GetUtcNow();
        return Reply.Json(200, json => JsonLists.Write(json, versions, "versions", _world.Options.WrapLists, entry =>
        {
            json.WriteString("submissionId", entry.Submission.Id);
            SubmissionJson.Identity(json, entry.Asset.Identity);
            json.WriteString("status", entry.Asset.Run.Status(now));
            json.WriteString("createdAt", JsonText.Date(entry.Submission.CreatedAt));
        }));
    }
}
