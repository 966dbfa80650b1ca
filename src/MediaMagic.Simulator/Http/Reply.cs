using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace MediaMagic.Simulator;

/// <summary>What is answered to a request.</summary>
internal sealed class Reply
{
    public const string JsonType = "application/json";
    private readonly List<KeyValuePair<string, string>> _headers = [];

    public Reply(int status, byte[]? body = null, string? contentType = null)
    {
        Status = status;
        Body = body ?? [];
        ContentType = contentType;
    }

    public int Status { get; }

    public byte[] Body { get; }

    public string? ContentType { get; }

    public IReadOnlyList<KeyValuePair<string, string>> Headers => _headers;

    public static Reply Json(int status, Action<Utf8JsonWriter> write) => new(status, JsonText.Write(write), JsonType);

    public static Reply Text(int status, string body, string contentType) => new(status, Encoding.UTF8.GetBytes(body), contentType);

    public static Reply Detail(int status, string detail, string? docs = null) => Json(status, json =>
    {
        json.WriteStartObject();
        json.WriteString("detail", detail);
        if (docs is not null)
        {
            json.WriteString("docs_url", docs);
        }

        json.WriteEndObject();
    });

    public Reply With(string name, string value)
    {
        _headers.Add(new KeyValuePair<string, string>(name, value));
        return this;
    }

    /// <summary>Adds <c>Retry-After</c>, which is a number of whole seconds.</summary>
    public Reply RetryAfter(double seconds) =>
        With("Retry-After", Math.Max(0, Math.Ceiling(seconds)).ToString("0", CultureInfo.InvariantCulture));
}
