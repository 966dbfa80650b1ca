using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;

namespace MediaMagic.Simulator;

/// <summary>One request, as the endpoints see it.</summary>
internal sealed class Exchange
{
    public const string ApiPrefix = "/api/integrations";
    private readonly HttpListenerRequest _request;
    private Dictionary<string, string>? _query;

    public Exchange(HttpListenerContext context, DateTimeOffset time)
    {
        Context = context;
        Time = time;
        _request = context.Request;
        Method = _request.HttpMethod;
        Target = _request.RawUrl ?? "/";
        int mark = Target.IndexOf('?');
        string path = mark < 0 ? Target : Target.Substring(0, mark);
        QueryText = mark < 0 ? string.Empty : Target.Substring(mark + 1);
        IsApi = path.StartsWith(ApiPrefix + "/", StringComparison.Ordinal);
        Path = IsApi ? path.Substring(ApiPrefix.Length) : path;
        Segments = Path.TrimStart('/').Split('/');
        for (int i = 0; i < Segments.Length; i++)
        {
            Segments[i] = Uri.UnescapeDataString(Segments[i]);
        }
    }

    public HttpListenerContext Context { get; }

    public DateTimeOffset Time { get; }

    public string Method { get; }

    /// <summary>Path and query as sent.</summary>
    public string Target { get; }

    public bool IsApi { get; }

    public bool IsStorage => !IsApi && Segments.Length > 2 && Segments[0] == "blob";

    /// <summary>The path as sent, below the API's prefix.</summary>
    public string Path { get; }

    /// <summary>The decoded segments of <see cref="Path"/>.</summary>
    public string[] Segments { get; }

    public string QueryText { get; }

    public IReadOnlyDictionary<string, string> Query => _query ??= ParseQuery(QueryText);

    public Route? Route { get; set; }

    /// <summary>The caller's key, set once it is known to be good.</summary>
    public ApiKeyEntry Key { get; set; } = ApiKeyEntry.None;

    /// <summary>Gets or sets a value indicating whether a fault flips a byte of the content that the request stores.</summary>
    public bool FlipsByte { get; set; }

    public string Workspace => Key.WorkspaceId;

    public Stream Body => _request.InputStream;

    public bool HasBody => _request.HasEntityBody;

    public long ContentLength => _request.ContentLength64;

    public string? ContentType => _request.ContentType;

    public string? Header(string name) => _request.Headers[name];

    public Dictionary<string, string> RedactedHeaders()
    {
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        foreach (string name in _request.Headers.AllKeys.OfType<string>())
        {
            string value = _request.Headers[name] ?? string.Empty;
            headers[name] = name.ToUpperInvariant() is "X-API-KEY" or "AUTHORIZATION" ? ApiKeyEntry.Hint(value) : value;
        }

        return headers;
    }

    private static Dictionary<string, string> ParseQuery(string text)
    {
        Dictionary<string, string> query = new(StringComparer.OrdinalIgnoreCase);
        foreach (string pair in text.Split('&'))
        {
            int equals = pair.IndexOf('=');
            if (pair.Length > 0)
            {
                string name = equals < 0 ? pair : pair.Substring(0, equals);
                string value = equals < 0 ? string.Empty : pair.Substring(equals + 1);
                query[Uri.UnescapeDataString(name)] = Uri.UnescapeDataString(value);
            }
        }

        return query;
    }
}
