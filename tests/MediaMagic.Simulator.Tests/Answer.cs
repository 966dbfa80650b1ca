using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace MediaMagic.Simulator.Tests;

/// <summary>What came back.</summary>
public sealed class Answer
{
    private Answer(int status, string raw, Dictionary<string, string> headers)
    {
        Status = status;
        Raw = raw;
        Headers = headers;
    }

    public int Status { get; }

    public string Raw { get; }

    public IReadOnlyDictionary<string, string> Headers { get; }

    public JsonNode Body => JsonNode.Parse(Raw)!;

    public string Detail => Text("detail");

    public string? ErrorCode => Headers.GetValueOrDefault("x-ms-error-code");

    public static async Task<Answer> ReadAsync(HttpResponseMessage response)
    {
        string raw = await response.Content.ReadAsStringAsync();
        Dictionary<string, string> headers = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(header => header.Key, header => string.Join(",", header.Value), System.StringComparer.OrdinalIgnoreCase);
        return new Answer((int)response.StatusCode, raw, headers);
    }

    public string Text(string name) => Body[name]!.GetValue<string>();

    /// <summary>The names of the fields that a 422 complains about.</summary>
    public string[] Fields() => [.. Body["fields"]!.AsArray().Select(item => item!["field"]!.GetValue<string>())];
}
