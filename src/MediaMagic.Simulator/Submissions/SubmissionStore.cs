using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;

namespace MediaMagic.Simulator;

/// <summary>All submissions. A create is decided under one lock: all of its assets are accepted, or none.</summary>
internal sealed class SubmissionStore
{
    private const string AlreadySubmittedDocs = "https://docs.mediamagic.app/concepts/assets";
    private readonly object _gate = new();
    private readonly ConcurrentDictionary<string, Submission> _submissions = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, List<string>> _accepted = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<VersionEntry>> _versions = new(StringComparer.Ordinal);
    private readonly List<Submission> _inOrder = [];
    private readonly AssetChecks _checks;
    private readonly Processing _processing;

    public SubmissionStore(AssetChecks checks, Processing processing)
    {
        _checks = checks;
        _processing = processing;
    }

    public int Count => _submissions.Count;

    public Submission Create(string workspaceId, CreateRequest request)
    {
        Submission submission;
        lock (_gate)
        {
            HashSet<string> paths = new(StringComparer.Ordinal);
            List<AssetIdentity> identities = [.. request.Assets.Select(asked => Decide(workspaceId, asked, paths))];
            DateTimeOffset now = _processing.Now;
            List<Asset> assets = [.. identities.Select(identity => _processing.Begin(identity, now, request.SimulationDelay))];
            submission = new Submission(Guid.NewGuid().ToString(), workspaceId, now, request, assets);
            Accept(submission);
        }

        _processing.Watch(submission, submission.Assets);
        return submission;
    }

    /// <summary>A submission of the workspace; anything else does not exist.</summary>
    public Submission Find(string workspaceId, string submissionId) =>
        _submissions.TryGetValue(submissionId, out Submission? found) && found.WorkspaceId == workspaceId
            ? found
            : throw new Refusal(404, "Submission not found");

    public Asset FindAsset(string workspaceId, string submissionId, string assetId, out Submission submission)
    {
        submission = Find(workspaceId, submissionId);
        return submission.FindAsset(assetId) ?? throw new Refusal(404, "Asset not found");
    }

    public VersionEntry[] Versions(Submission submission)
    {
        lock (_gate)
        {
            return [.. submission.Assets
                .Select(asset => asset.Identity.VersionGroupId)
                .Distinct()
                .SelectMany(group => _versions[group])];
        }
    }

    public Dictionary<string, int> AcceptedCounts()
    {
        lock (_gate)
        {
            return _accepted.ToDictionary(entry => entry.Key, entry => entry.Value.Count, StringComparer.Ordinal);
        }
    }

    public string[] AcceptedBy(string blobPath)
    {
        lock (_gate)
        {
            return _accepted.TryGetValue(blobPath, out List<string>? ids) ? [.. ids] : [];
        }
    }

    /// <summary>The newest submissions, newest first.</summary>
    public Submission[] Newest(int count)
    {
        lock (_gate)
        {
            return [.. Enumerable.Reverse(_inOrder.GetRange(Math.Max(0, _inOrder.Count - count), Math.Min(count, _inOrder.Count)))];
        }
    }

    private AssetIdentity Decide(string workspaceId, RequestedAsset asked, HashSet<string> paths)
    {
        string contentType = _checks.RequireBlob(workspaceId, asked.BlobPath);
        VersionEntry? previous = asked.PreviousSubmissionId is null ? null : Previous(workspaceId, asked);
        bool repeated = !paths.Add(asked.BlobPath) || (previous is null && _accepted.ContainsKey(asked.BlobPath));
        if (repeated)
        {
            throw new Refusal(409, $"Asset with blobPath '{asked.BlobPath}' already submitted", AlreadySubmittedDocs);
        }

        string group = previous?.Asset.Identity.VersionGroupId ?? Guid.NewGuid().ToString();
        int number = previous is null ? 1 : _versions[group].Max(entry => entry.Asset.Identity.VersionNumber) + 1;
        return new AssetIdentity(Guid.NewGuid().ToString(), asked.BlobPath, contentType, group, number);
    }

    /// <summary>The asset that a new version follows: the one of the same blob path, else the only one.</summary>
    private VersionEntry Previous(string workspaceId, RequestedAsset asked)
    {
        bool known = _submissions.TryGetValue(asked.PreviousSubmissionId!, out Submission? found) && found.WorkspaceId == workspaceId;
        if (!known)
        {
            throw new Refusal(404, "Previous submission not found");
        }

        Asset? asset = found!.Assets.FirstOrDefault(candidate => candidate.Identity.BlobPath == asked.BlobPath);
        asset ??= found.Assets.Count == 1 ? found.Assets[0] : throw new Refusal(404, "Asset not found in the previous submission");
        return new VersionEntry(found, asset);
    }

    private void Accept(Submission submission)
    {
        foreach (Asset asset in submission.Assets)
        {
            string path = asset.Identity.BlobPath;
            if (!_accepted.TryGetValue(path, out List<string>? ids))
            {
                _accepted[path] = ids = [];
            }

            ids.Add(submission.Id);
            if (!_versions.TryGetValue(asset.Identity.VersionGroupId, out List<VersionEntry>? versions))
            {
                _versions[asset.Identity.VersionGroupId] = versions = [];
            }

            versions.Add(new VersionEntry(submission, asset));
        }

        _submissions[submission.Id] = submission;
        _inOrder.Add(submission);
    }
}
