using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace MediaMagic.Simulator;

/// <summary>The MediaMagic Integrations API on this machine, in this process.</summary>
public sealed class SimulatorServer : IDisposable
{
    private readonly World _world;
    private readonly Dispatcher _dispatcher;
    private readonly HttpHost _host;
    private int _disposed;

    private SimulatorServer(SimulatorOptions options)
    {
        _world = new World(options);
        _dispatcher = new Dispatcher(_world);
        _host = new HttpHost(options.Port, _dispatcher);
        _world.BaseUri = _host.BaseUri;
        _host.Run();
    }

    /// <summary>Where the simulator listens; the API is under <c>api/integrations</c>.</summary>
    public Uri BaseUri => _host.BaseUri;

    /// <summary>Gets the options. The processing time, and the number and the timeout of webhook attempts, can be changed while the simulator runs.</summary>
    public SimulatorOptions Options => _world.Options;

    /// <summary>The sandbox key of the first workspace.</summary>
    public string ApiKey => _world.Keys.Sandbox.Key;

    /// <summary>The live key of the first workspace.</summary>
    public string LiveApiKey => _world.Keys.Live.Key;

    /// <summary>The first workspace.</summary>
    public string WorkspaceId => _world.Keys.WorkspaceId;

    /// <summary>The sandbox key of the second workspace.</summary>
    public string OtherApiKey => _world.Keys.Other.Key;

    /// <summary>A key that is answered 401, expired.</summary>
    public string ExpiredApiKey => _world.Keys.Expired.Key;

    /// <summary>A key that is answered 401, revoked.</summary>
    public string RevokedApiKey => _world.Keys.Revoked.Key;

    /// <summary>A key that is answered 402.</summary>
    public string UnplannedApiKey => _world.Keys.Unplanned.Key;

    /// <summary>How many requests arrived at the API and at storage.</summary>
    public long RequestCount => _dispatcher.Arrived;

    /// <summary>How many submissions were accepted.</summary>
    public int SubmissionCount => _world.Submissions.Count;

    /// <summary>How many client connections were seen.</summary>
    public int ConnectionCount => _world.Log.Connections;

    /// <summary>How many requests are being handled now.</summary>
    public int OpenRequests => _dispatcher.Open;

    /// <summary>How many attempts to deliver a webhook event have ended, whether or not it was accepted.</summary>
    public long EndedDeliveries => _world.Webhooks.EndedAttempts;

    /// <summary>How many Put Block requests storage accepted.</summary>
    public long BlockUploads => _world.Blobs.BlockUploads;

    /// <summary>Gets how many bytes faults flipped in received content, whether or not it was accepted.</summary>
    public long FlippedBytes => _world.Blobs.FlippedBytes;

    /// <summary>The last 1000 requests, oldest first, each logged just before its answer is sent.</summary>
    public IReadOnlyList<SimulatorRequest> Requests => _world.Log.Last();

    /// <summary>What clients did that they must never do.</summary>
    public IReadOnlyList<SimulatorViolation> Violations => _world.Log.Violations();

    /// <summary>How many accepted submissions contain each blob path, whether or not their answers arrived.</summary>
    public IReadOnlyDictionary<string, int> AcceptedBlobPaths => _world.Submissions.AcceptedCounts();

    /// <summary>The active faults.</summary>
    public IReadOnlyList<SimulatorFault> Faults => _world.Faults.Active();

    /// <summary>The endpoints that faults can be added to.</summary>
    public IReadOnlyList<string> Endpoints => _dispatcher.Endpoints;

    /// <summary>Whether any endpoint is like the pattern of a fault.</summary>
    public bool HasEndpoint(string pattern) => Endpoints.Any(endpoint => EndpointOverlap.Exists(Wildcard.Plain(endpoint), Wildcard.Plain(pattern)));

    /// <summary>Starts a simulator; it listens when this returns.</summary>
    public static SimulatorServer Start(SimulatorOptions? options = null) => new(options ?? new SimulatorOptions());

    /// <summary>The submissions that a blob path was accepted in.</summary>
    public IReadOnlyList<string> SubmissionIdsFor(string blobPath) => _world.Submissions.AcceptedBy(blobPath);

    /// <summary>What storage holds under a blob path; null when nothing was ever sent there.</summary>
    public BlobInfo? FindBlob(string blobPath) => _world.Blobs.Find(blobPath) is StoredBlob blob ? new BlobInfo(blob) : null;

    /// <summary>Gets a task that completes when a request arrives or ends, or a delivery ends. Take it before you look at the state.</summary>
    public Task NextChangeAsync() => _world.Changes.Next;

    /// <summary>Waits until the condition holds; it is evaluated at once and after every change, on any thread.</summary>
    public Task WaitForAsync(Func<bool> condition, CancellationToken stop = default) => _world.Changes.WaitForAsync(condition, stop);

    /// <summary>Makes coming requests misbehave.</summary>
    public void AddFault(SimulatorFault fault) => _world.Faults.Add(fault);

    /// <summary>Ends all faults.</summary>
    public void ClearFaults() => _world.Faults.Clear();

    /// <summary>Decides how files submitted from now on end whose name matches (<c>*</c>, <c>?</c>); the newest rule wins.</summary>
    public void AddRule(string fileNamePattern, SimulatorOutcome outcome) => _world.Outcomes.Add(fileNamePattern, outcome);

    /// <summary>Makes every presigned URL issued so far an expired one.</summary>
    public void ExpireUploadUrls() => _world.UploadUrls.ExpireAll();

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _host.Dispose();
            _world.Dispose();
        }
    }
}
