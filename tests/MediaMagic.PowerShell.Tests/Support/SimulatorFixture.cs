using System;
using System.Net.Http;
using System.Text;
using System.Threading.Tasks;
using MediaMagic.Client;
using MediaMagic.Simulator;
using Xunit;

namespace MediaMagic.Tests;

/// <summary>A simulator of one's own, with clients for it.</summary>
public sealed class SimulatorFixture : IDisposable
{
    public SimulatorFixture(Action<SimulatorOptions>? change = null)
    {
        SimulatorOptions options = new() { ProcessingSeconds = 0 };
        change?.Invoke(options);
        Simulator = SimulatorServer.Start(options);
        Client = TestClient.Of(Simulator.BaseUri, Simulator.ApiKey);
    }

    public SimulatorServer Simulator { get; }

    public MediaMagicClient Client { get; }

    public MediaMagicClient ClientOf(string key, Action<MediaMagicClientOptions>? change = null) => TestClient.Of(Simulator.BaseUri, key, change);

    /// <summary>Uploads a small text under the name.</summary>
    public async Task<string> UploadAsync(string name, string text = "A claim that wants proof.", MediaMagicClient? client = null)
    {
        DirectUpload upload = await (client ?? Client).Uploads.SendDirectAsync(name, "text/plain", () => new ByteArrayContent(Encoding.UTF8.GetBytes(text)));
        return upload.BlobPath!;
    }

    /// <summary>Uploads and submits a small text under the name.</summary>
    public async Task<Submission> SubmitAsync(string name) => await Client.Submissions.CreateAsync(new NewSubmission(await UploadAsync(name)));

    /// <summary>Reads the submission, which must have ended.</summary>
    public async Task<Submission> EndOfAsync(string submissionId)
    {
        Submission submission = await Client.Submissions.GetAsync(submissionId);
        Assert.True(SubmissionStatus.IsFinal(submission.Status), submission.Status);
        return submission;
    }

    public void Dispose()
    {
        Client.Dispose();
        Simulator.Dispose();
    }
}
