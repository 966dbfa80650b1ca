using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Client;

namespace MediaMagic.Tests.Bulk;

/// <summary>
/// A service in this process, written from the contract alone. It works as documented, and a test changes single answers. Calls are named by
/// their method and path, such as "POST submissions", and those to storage "PUT blob", "PUT block" and "PUT blocklist".
/// </summary>
public sealed class ContractService : HttpMessageHandler
{
    public const string Workspace = "0b54ff1c-7a58-4e0c-9a51-3f6f8b0a1c11";
    public const string OtherWorkspace = "9d3c1d5e-2f0b-4c7a-8a43-51c7e2b90d22";
    public const string Key = "sk_test_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcd01";
    public const string RotatedKey = "sk_test_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcd02";
    public const string OtherKey = "sk_test_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcd03";
    public const string LiveKey = "sk_live_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcd04";
    public const string Create = "POST submissions";

    private const string Root = "/api/integrations/";
    private static readonly Dictionary<string, string> s_workspaces = new(StringComparer.Ordinal)
    {
        [Key] = Workspace,
        [RotatedKey] = Workspace,
        [LiveKey] = Workspace,
        [OtherKey] = OtherWorkspace,
    };

    private readonly Lock _gate = new();
    private readonly ContractStorage _storage = new();
    private readonly List<string> _calls = [];
    private readonly List<string> _created = [];
    private readonly List<AcceptedAsset> _accepted = [];

    /// <summary>Gets the address of the service.</summary>
    public static Uri BaseUri { get; } = new("https://service.test/");

    /// <summary>Gets or sets which blob path a file of a workspace gets.</summary>
    public Func<string, string, string> BlobPathOf { get; set; } = static (workspace, name) => $"{workspace}/{name}";

    /// <summary>Gets or sets whether a blob is gone as soon as it is submitted.</summary>
    public bool ConsumesBlobs { get; set; }

    /// <summary>Gets or sets whether the assets of a create come in the reverse of the order in which they were asked for.</summary>
    public bool ReversesAssets { get; set; }

    /// <summary>Gets or sets whether the analysis of every asset fails for good.</summary>
    public bool FailsAnalysis { get; set; }

    /// <summary>Gets or sets what a call waits for after its body has arrived.</summary>
    public Func<string, Task>? Arrived { get; set; }

    /// <summary>Gets or sets what answers in place of the work; null lets the service do it.</summary>
    public Func<string, HttpResponseMessage?>? Instead { get; set; }

    /// <summary>Gets or sets what answers after the work; null leaves the service's own answer.</summary>
    public Func<string, HttpResponseMessage?>? Afterwards { get; set; }

    /// <summary>Gets the calls, as they arrived.</summary>
    public IReadOnlyList<string> Calls => Copy(_calls);

    /// <summary>Gets the blob paths of every create that arrived.</summary>
    public IReadOnlyList<string> Created => Copy(_created);

    /// <summary>Gets the accepted assets.</summary>
    public IReadOnlyList<AcceptedAsset> Accepted => Copy(_accepted);

    /// <summary>Gets the paths of blobs that were overwritten with other content.</summary>
    public IReadOnlyList<string> Overwritten => Copy(_storage.Overwritten);

    /// <summary>Gets the paths of the blobs that are there.</summary>
    public IReadOnlyList<string> Blobs => Copy(_storage.Blobs.Keys);

    /// <summary>Returns how often the call arrived.</summary>
    public int Count(string call) => Calls.Count(arrived => arrived == call);

    /// <summary>Returns the bytes of a blob, as text.</summary>
    public string TextOf(string blobPath)
    {
        lock (_gate)
        {
            return Encoding.UTF8.GetString(_storage.Blobs[blobPath]);
        }
    }

    /// <summary>Loses all blobs.</summary>
    public void ForgetBlobs()
    {
        lock (_gate)
        {
            _storage.Blobs.Clear();
        }
    }

    /// <summary>Returns a client of the service that waits for nothing.</summary>
    public MediaMagicClient NewClient(string key = Key, Action<MediaMagicClientOptions>? change = null)
    {
        MediaMagicClientOptions options = new()
        {
            BaseUri = BaseUri,
            TimeProvider = new HastyClock(),
            Handler = () => this,
            StorageHandler = () => this,
            RetryBaseDelay = TimeSpan.Zero,
            MaxAttempts = 2,
            CircuitBreaker = false,
        };
        change?.Invoke(options);
        return new MediaMagicClient(key, options);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string call = CallOf(request);
        lock (_gate)
        {
            _calls.Add(call);
        }

        byte[] body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        if (call == Create)
        {
            lock (_gate)
            {
                _created.Add(string.Join(",", PathsOf(JsonNode.Parse(body)!)));
            }
        }

        if (Arrived is not null)
        {
            await Arrived(call).WaitAsync(cancellationToken);
        }

        if (Instead?.Invoke(call) is HttpResponseMessage other)
        {
            return other;
        }

        HttpResponseMessage answer;
        lock (_gate)
        {
            answer = Answer(request, call, body);
        }

        return Afterwards?.Invoke(call) ?? answer;
    }

    private static string CallOf(HttpRequestMessage request) => request.RequestUri!.Host == ContractStorage.Host
        ? "PUT " + ContractStorage.OperationOf(request.RequestUri)
        : $"{request.Method} {request.RequestUri.AbsolutePath.Replace(Root, string.Empty, StringComparison.Ordinal)}";

    private static string[] PathsOf(JsonNode create) => [.. create["assets"]!.AsArray().Select(static asset => asset!["blobPath"]!.GetValue<string>())];

    private T[] Copy<T>(IEnumerable<T> items)
    {
        lock (_gate)
        {
            return [.. items];
        }
    }

    private HttpResponseMessage Answer(HttpRequestMessage request, string call, byte[] body)
    {
        if (request.RequestUri!.Host == ContractStorage.Host)
        {
            return _storage.Put(request, body);
        }

        string key = request.Headers.TryGetValues("X-API-Key", out IEnumerable<string>? keys) ? keys.Single() : string.Empty;
        if (!s_workspaces.TryGetValue(key, out string? workspace))
        {
            return ContractAnswers.Problem(401, "Invalid API key");
        }

        return call.Split(' ', '/') switch
        {
            ["POST", "uploads", "direct"] => StoreForm(workspace, request.Content!, body),
            ["POST", "uploads", "url"] => Sign(workspace, JsonNode.Parse(body)!["filename"]!.GetValue<string>()),
            ["POST", "submissions"] => Accept(workspace, JsonNode.Parse(body)!),
            ["POST", "submissions", string id, "assets", string asset, "retry"] => ContractAnswers.Submission(202, id, "processing", [asset]),
            ["GET", "submissions", string id] => Status(workspace, id),
            ["GET", "submissions", string id, "assets", string asset] => AssetOf(workspace, id, asset),
            _ => ContractAnswers.Problem(404, "Not found"),
        };
    }

    private HttpResponseMessage StoreForm(string workspace, HttpContent content, byte[] body)
    {
        (string name, byte[] bytes) = ContractForm.Read(content.Headers.ContentType!, body);
        return ContractAnswers.Json(201, new JsonObject { ["blobPath"] = _storage.Store(BlobPathOf(workspace, name), bytes) });
    }

    private HttpResponseMessage Sign(string workspace, string name)
    {
        string blobPath = BlobPathOf(workspace, name);
        return ContractAnswers.Json(200, new JsonObject { ["uploadUrl"] = _storage.NewAddress(blobPath), ["blobPath"] = blobPath, ["expiresAt"] = "2100-01-01T00:00:00Z" });
    }

    private HttpResponseMessage Accept(string workspace, JsonNode create)
    {
        string[] paths = PathsOf(create);
        if (create["sidekickIds"] is JsonArray { Count: > 0 })
        {
            return ContractAnswers.Problem(422, "Validation failed");
        }

        if (paths.FirstOrDefault(path => _accepted.Exists(asset => asset.BlobPath == path)) is string taken && !ConsumesBlobs)
        {
            return ContractAnswers.Problem(409, $"Asset with blobPath '{taken}' already submitted");
        }

        if (paths.Any(path => !_storage.Blobs.ContainsKey(path)))
        {
            return ContractAnswers.Problem(403, "Invalid blob path");
        }

        string id = NewId("5b");
        foreach (string path in paths)
        {
            _accepted.Add(new AcceptedAsset(workspace, id, NewId("a5"), path, Encoding.UTF8.GetString(_storage.Blobs[path])));
            if (ConsumesBlobs)
            {
                _storage.Blobs.Remove(path);
            }
        }

        IEnumerable<string> assets = _accepted.Where(asset => asset.SubmissionId == id).OrderBy(asset => ReversesAssets ? -_accepted.IndexOf(asset) : 0).Select(static asset => asset.AssetId);
        return ContractAnswers.Submission(201, id, "submitted", assets);
    }

    private HttpResponseMessage Status(string workspace, string id)
    {
        string[] assets = [.. _accepted.Where(asset => asset.SubmissionId == id && asset.Workspace == workspace).Select(static asset => asset.AssetId)];
        return assets.Length == 0 ? ContractAnswers.Problem(404, "Submission not found") : ContractAnswers.Submission(200, id, FailsAnalysis ? "failed" : "complete", assets);
    }

    private HttpResponseMessage AssetOf(string workspace, string id, string assetId) =>
        _accepted.Find(asset => asset.Workspace == workspace && asset.SubmissionId == id && asset.AssetId == assetId) is AcceptedAsset found
            ? ContractAnswers.Json(200, new JsonObject { ["assetId"] = assetId, ["filename"] = found.BlobPath[(workspace.Length + 1)..] }) : ContractAnswers.Problem(404, "Asset not found");

    private string NewId(string head) => string.Create(CultureInfo.InvariantCulture, $"{head}000000-0000-4000-8000-{_accepted.Count:000000000000}");
}
