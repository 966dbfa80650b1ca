using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Security.Cryptography;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace MediaMagic.Tests.HostileWorld;

/// <summary>
/// A second fake of the service, written from the contract alone. It shares nothing with the simulator. The world decides the fate of so many
/// attempts to create a submission; everything else works.
/// </summary>
internal sealed class HostileService(Choices choices, ServiceState state, ProcessLife life, int depth, Tail tail) : HttpMessageHandler
{
    /// <summary>A key of the workspace.</summary>
    public const string Key = "sk_test_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    /// <summary>The key that takes its place.</summary>
    public const string NewKey = "sk_test_fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210";

    private const string Root = "/api/integrations/";
    private static readonly string[] s_blob = ["the blob is there", "the blob is gone"];
    private readonly Dictionary<string, string> _wanted = new(StringComparer.Ordinal);

    /// <summary>Gets the base address of the service.</summary>
    public static Uri BaseUri { get; } = new("https://service.test/");

    /// <summary>Gets or sets what is called after a 4xx to a create.</summary>
    public Action? Refused { get; set; }

    /// <summary>Gets how many creates left the client.</summary>
    public int Creates { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        life.PassRequest();
        try
        {
            HostileAnswer answer = await AnswerAsync(request);
            life.See($"{request.Method} {answer.Seen}");
            return answer.ToMessage();
        }
        catch (HttpRequestException failure)
        {
            life.See($"{request.Method} {failure.Message}");
            throw;
        }
    }

    private async Task<HostileAnswer> AnswerAsync(HttpRequestMessage request)
    {
        string path = request.RequestUri!.AbsolutePath;
        if (request.RequestUri.Host == "storage.test")
        {
            state.Store(_wanted[path.TrimStart('/')], HashOf(await request.Content!.ReadAsByteArrayAsync()));
            return HostileAnswer.Put;
        }

        if (!request.Headers.TryGetValues("X-API-Key", out IEnumerable<string>? keys) || keys.Single() is not (Key or NewKey))
        {
            return HostileAnswer.WrongKey;
        }

        string rest = path.StartsWith(Root, StringComparison.Ordinal) ? path[Root.Length..] : string.Empty;
        return (request.Method.Method, rest) switch
        {
            ("POST", "uploads/direct") => await StoreAsync(request.Content!),
            ("POST", "uploads/url") => await GiveAddressAsync(request.Content!),
            ("POST", "submissions") => await CreateAsync(request.Content!),
            ("GET", _) when rest.StartsWith("submissions/", StringComparison.Ordinal) => StatusOf(rest["submissions/".Length..]),
            _ => HostileAnswer.NotFound,
        };
    }

    private async Task<HostileAnswer> StoreAsync(HttpContent content)
    {
        (string name, byte[] bytes) = await FormReader.ReadAsync(content);
        string blobPath = state.NameOf(name);
        state.Store(blobPath, HashOf(bytes));
        return HostileAnswer.Stored(blobPath);
    }

    private async Task<HostileAnswer> GiveAddressAsync(HttpContent content)
    {
        using JsonDocument body = JsonDocument.Parse(await content.ReadAsByteArrayAsync());
        string blobPath = state.NameOf(body.RootElement.GetProperty("filename").GetString()!);
        string id = (_wanted.Count + 1).ToString(CultureInfo.InvariantCulture);
        _wanted[id] = blobPath;
        return HostileAnswer.Address($"https://storage.test/{id}?sig=c2lnbmF0dXJl", blobPath);
    }

    private async Task<HostileAnswer> CreateAsync(HttpContent content)
    {
        bool isChosen = state.Attempts < depth;
        if (!isChosen && tail == Tail.Ends)
        {
            life.End();
            throw new ProcessEndedException();
        }

        Creates++;
        state.Attempts += isChosen ? 1 : 0;
        if (isChosen && choices.Choose(Fates.OfSending) == Fate.NotSent)
        {
            // The body is not read, so the client can tell that nothing was sent.
            throw new HttpRequestException("Connection refused.");
        }

        using JsonDocument body = JsonDocument.Parse(await content.ReadAsByteArrayAsync());
        string path = body.RootElement.GetProperty("assets").EnumerateArray().Single().GetProperty("blobPath").GetString()!;
        Fate fate = isChosen ? choices.Choose(Fates.Of(state.Holds(path), state.IsAccepted(path))) : Fate.Works;
        if (!isChosen && tail == Tail.Asks && state.MayBeGone(path))
        {
            Look(path);
        }

        HostileAnswer? answer = Carry(fate, path);
        if (answer is { Status: >= 400 and < 500 and not 429 } && answer != HostileAnswer.Submitted)
        {
            Refused?.Invoke();
        }

        return answer ?? throw new HttpRequestException("The connection was closed.", new IOException("Connection reset by peer."));
    }

    // Whether a blob is still there matters only where the service looks for it, so the world decides it no sooner.
    private void Look(string path)
    {
        if (choices.Choose(s_blob) == s_blob[0])
        {
            state.Keep(path);
        }
        else
        {
            state.Lose(path);
        }
    }

    // Null: no answer arrives.
    private HostileAnswer? Carry(Fate fate, string path)
    {
        switch (fate)
        {
            case Fate.Works:
                return Accept(path);
            case Fate.NeverArrives:
                return null;
            case Fate.AnswerLost:
                Accept(path);
                return null;
            case Fate.Works500 or Fate.Works502:
                Accept(path);
                break;
        }

        return HostileAnswer.Of(fate);
    }

    private HostileAnswer Accept(string path)
    {
        if (!state.Holds(path))
        {
            return HostileAnswer.WrongPath;
        }

        if (state.IsAccepted(path))
        {
            return HostileAnswer.Submitted;
        }

        return HostileAnswer.Created(state.Accept(path));
    }

    private HostileAnswer StatusOf(string id) =>
        state.Accepted.Any(acceptance => acceptance.SubmissionId == id) ? HostileAnswer.Complete(id) : HostileAnswer.Of(Fate.Refused404);

    private static string HashOf(byte[] bytes) => Convert.ToHexString(SHA256.HashData(bytes));
}
