using System;
using System.Collections.Generic;
using System.Text;
using MediaMagic.Errors;

namespace MediaMagic.Http;

/// <summary>An attempt as people debug it: headers and bodies, without secrets.</summary>
internal static class ExchangeText
{
    private const int LargestBody = 16 * 1024;

    public static string Of(CallState call, ApiAnswer answer, Uri address, ApiKey key, Redactor redactor)
    {
        ApiRequest request = call.Request;
        StringBuilder text = new();
        text.Append("> ").Append(request.Method.Method).Append(' ').Append(address.AbsoluteUri).Append('\n');
        text.Append("> X-API-Key: ").Append(key.Hint).Append('\n');
        if (request.Json is byte[] json)
        {
            text.Append("> Content-Type: application/json\n").Append(Cut(json)).Append('\n');
        }
        else if (request.Content is not null)
        {
            text.Append("> (a file)\n");
        }

        text.Append("< ").Append(answer.Status).Append('\n');
        foreach (KeyValuePair<string, string> header in answer.Headers)
        {
            text.Append("< ").Append(header.Key).Append(": ").Append(header.Value).Append('\n');
        }

        return redactor.Redact(text.Append(Cut(answer.Body)).ToString());
    }

    private static string Cut(ArraySegment<byte> body) => body.Count <= LargestBody
        ? Encoding.UTF8.GetString(body.Array ?? [], body.Offset, body.Count)
        : Encoding.UTF8.GetString(body.Array!, body.Offset, LargestBody) + $"… ({body.Count} bytes)";

    private static string Cut(byte[] body) => Cut(new ArraySegment<byte>(body));
}
