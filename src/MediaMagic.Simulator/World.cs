using System;

namespace MediaMagic.Simulator;

/// <summary>Everything that a simulator knows.</summary>
internal sealed class World : IDisposable
{
    public World(SimulatorOptions options)
    {
        Options = options;
        SimulatorRandom random = new(options.Seed);
        Keys = new KeyRing(options.ApiKey, random);
        Limits = new RateLimiter(options);
        Faults = new FaultList(random);
        Blobs = new BlobStore(options);
        UploadUrls = new UploadUrls(options, random);
        Agenda = new Agenda(options.TimeProvider);
        Webhooks = new WebhookHub(options, Agenda, Changes);
        Processing = new Processing(options, Outcomes, Agenda, Webhooks);
        Submissions = new SubmissionStore(new AssetChecks(Blobs), Processing);
    }

    public SimulatorOptions Options { get; }

    public TimeProvider Clock => Options.TimeProvider;

    /// <summary>Where the simulator listens; set once it does.</summary>
    public Uri BaseUri { get; set; } = new("http://127.0.0.1/");

    public KeyRing Keys { get; }

    public RateLimiter Limits { get; }

    public FaultList Faults { get; }

    public RequestLog Log { get; } = new();

    public StateChanges Changes { get; } = new();

    public BlobStore Blobs { get; }

    public UploadUrls UploadUrls { get; }

    public OutcomeRules Outcomes { get; } = new();

    public SubmissionStore Submissions { get; }

    public Processing Processing { get; }

    public WebhookHub Webhooks { get; }

    public Agenda Agenda { get; }

    public void Dispose()
    {
        Agenda.Dispose();
        Webhooks.Dispose();
        Blobs.Dispose();
    }
}
