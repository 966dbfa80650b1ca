using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Errors;
using MediaMagic.Http;

namespace MediaMagic.Client;

/// <summary>What the classes of the single resources share: they ask, and read the answer.</summary>
public abstract class ClientPart
{
    private readonly ApiSender _sender;

    internal ClientPart(ApiSender sender, RequestObserver? observer)
    {
        _sender = sender;
        Observer = observer;
    }

    internal RequestObserver? Observer { get; }

    internal ApiKey Key => _sender.Key;

    internal Uri BaseUri => _sender.BaseUri;

    internal Errors.Redactor Redactor => _sender.Redactor;

    internal Task<T> ReadAsync<T>(ApiRequest request, JsonTypeInfo<T> type, CancellationToken stop)
        where T : class => ReadAsync(request, answer => AnswerReader.Read(answer, type), stop);

    internal Task<T> ReadAsync<T>(ApiRequest request, Func<ApiAnswer, T> read, CancellationToken stop) => _sender.SendAsync(request, read, Observer, stop);

    internal Task<List<T>> ReadListAsync<T>(ApiRequest request, JsonTypeInfo<T> type, CancellationToken stop, params string[] names)
        where T : class => _sender.SendAsync(request, answer => AnswerReader.ReadList(answer, type, names), Observer, stop);

    internal Task SendAsync(ApiRequest request, CancellationToken stop) => _sender.SendAsync(request, static answer => answer.Status, Observer, stop);

    internal static ApiRequest Get(string path, string bucket, Errors.ApiEndpoint endpoint = default) =>
        new(HttpMethod.Get, path, bucket, RequestSafety.Read) { Endpoint = endpoint };

    internal static byte[] Json<T>(T body, JsonTypeInfo<T> type) => JsonSerializer.SerializeToUtf8Bytes(body, type);

    /// <summary>The id, escaped for a path; refuses what would change the path.</summary>
    internal static string Escaped(string id, string name)
    {
        if (string.IsNullOrWhiteSpace(id) || id is "." or "..")
        {
            throw new ArgumentException($"'{id}' is not an id.", name);
        }

        return Uri.EscapeDataString(id.Trim());
    }

    internal static string Required(string? text, string name, string what) =>
        string.IsNullOrWhiteSpace(text) ? throw new ArgumentException($"{what} must not be empty.", name) : text!;
}
