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
        StringBuilder head = new();
        head.Append("> ").Append(request.Method.Method).Append(' ').Append(address.AbsoluteUri).Append('\n');
        head.Append("> X-API-Key: ").Append(key.Hint).Append('\n');
        if (request.Json is byte[] json)
        {
            head.Append("> Content-Type: application/json\n").Append(Text(new ArraySegment<byte>(json), redactor)).Append('\n');
        }
        else if (request.Content is not null)
        {
            head.Append("> (a file)\n");
        }

        head.Append("< ").Append(answer.Status).Append('\n');
        foreach (KeyValuePair<string, string> header in answer.Headers)
        {
            head.Append("< ").Append(header.Key).Append(": ").Append(header.Value).Append('\n');
        }

        return Clean(head.ToString(), redactor, cut: false) + Text(answer.Body, redactor);
    }

    private static string Text(ArraySegment<byte> body, Redactor redactor)
    {
        bool cut = body.Count > LargestBody;
        string text = Encoding.UTF8.GetString(body.Array ?? [], body.Offset, cut ? LargestBody : body.Count);
        return Clean(text, redactor, cut) + (cut ? $"… ({body.Count} bytes)" : string.Empty);
    }

    // A terminal shows it: sequences would steer that, and a lone carriage return writes over what stands there.
    private static string Clean(string text, Redactor redactor, bool cut) =>
        redactor.Redact(SafeText.Harmless(text).Replace("\r", string.Empty), cut);
}
