using System;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Tests;
using Xunit;

namespace MediaMagic.Simulator.Tests;

/// <summary>A simulator on a fake clock, and the requests that most tests make.</summary>
public abstract class SimulatorTest : IDisposable
{
    protected static readonly byte[] Mp4 = [0, 0, 0, 24, .. "ftypmp42"u8, 0, 0, 0, 0, .. "mp42isom"u8];
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);
    private readonly Lazy<SimulatorServer> _server;

    protected SimulatorTest() => _server = new Lazy<SimulatorServer>(() => SimulatorServer.Start(Options));

    protected FakeClock Clock { get; } = new();

    protected SimulatorOptions Options => field ??= new SimulatorOptions { TimeProvider = Clock };

    protected SimulatorServer Server => _server.Value;

    protected HttpClient Http { get; } = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = Timeout.InfiniteTimeSpan };

    public void Dispose()
    {
        Http.Dispose();
        if (_server.IsValueCreated)
        {
            Server.Dispose();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>Waits for a state of the simulator.</summary>
    protected Task UntilAsync(Func<bool> condition) => Server.WaitForAsync(condition).WaitAsync(s_patience);

    protected Task<Answer> GetAsync(string path, string? key = null) => SendAsync(HttpMethod.Get, path, null, key);

    protected Task<Answer> PostAsync(string path, JsonNode? body, string? key = null) => SendAsync(HttpMethod.Post, path, Json(body), key);

    protected async Task<Answer> SendAsync(HttpMethod method, string path, HttpContent? content, string? key = null)
    {
        using HttpRequestMessage request = new(method, new Uri(Server.BaseUri, "api/integrations" + path)) { Content = content };
        request.Headers.Add("X-API-Key", key ?? Server.ApiKey);
        using HttpResponseMessage response = await Http.SendAsync(request);
        return await Answer.ReadAsync(response);
    }

    protected async Task<Answer> PutAsync(string url, byte[] body, string? type = "BlockBlob", Action<HttpRequestMessage>? change = null)
    {
        using HttpRequestMessage request = new(HttpMethod.Put, url) { Content = new ByteArrayContent(body) };
        if (type is not null)
        {
            request.Headers.Add("x-ms-blob-type", type);
        }

        change?.Invoke(request);
        using HttpResponseMessage response = await Http.SendAsync(request);
        return await Answer.ReadAsync(response);
    }

    /// <summary>Asks for an upload URL.</summary>
    protected async Task<(string Url, string BlobPath)> UploadUrlAsync(string fileName, string contentType = "video/mp4", string? key = null)
    {
        Answer answer = await PostAsync("/uploads/url", new JsonObject { ["filename"] = fileName, ["contentType"] = contentType }, key);
        Assert.Equal(200, answer.Status);
        return (answer.Text("uploadUrl"), answer.Text("blobPath"));
    }

    /// <summary>Uploads a file and returns its blob path.</summary>
    protected async Task<string> UploadAsync(string fileName, byte[]? content = null, string contentType = "video/mp4", string? key = null)
    {
        (string url, string blobPath) = await UploadUrlAsync(fileName, contentType, key);
        Answer answer = await PutAsync(url, content ?? Mp4, change: request => request.Content!.Headers.ContentType = new MediaTypeHeaderValue(contentType));
        Assert.Equal(201, answer.Status);
        return blobPath;
    }

    protected Task<Answer> CreateAsync(params string[] blobPaths)
    {
        JsonArray assets = [.. Array.ConvertAll(blobPaths, path => (JsonNode)new JsonObject { ["blobPath"] = path })];
        return PostAsync("/submissions", new JsonObject { ["assets"] = assets });
    }

    /// <summary>Uploads and submits files; returns the submission and the ids of its assets.</summary>
    protected async Task<(string Submission, string[] Assets)> SubmitAsync(params string[] fileNames)
    {
        string[] paths = new string[fileNames.Length];
        for (int i = 0; i < paths.Length; i++)
        {
            paths[i] = await UploadAsync(fileNames[i]);
        }

        Answer answer = await CreateAsync(paths);
        Assert.Equal(201, answer.Status);
        JsonArray assets = answer.Body["assets"]!.AsArray();
        return (answer.Text("submissionId"), [.. System.Linq.Enumerable.Select(assets, asset => asset!["assetId"]!.GetValue<string>())]);
    }

    protected static StringContent? Json(JsonNode? body) =>
        body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
}
