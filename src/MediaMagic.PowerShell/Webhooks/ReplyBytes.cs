using System;
using System.Globalization;
using System.Text;

namespace MediaMagic.Webhooks;

/// <summary>Answers as they go over the wire; none has a body.</summary>
internal static class ReplyBytes
{
    /// <summary>Tells the client to go on with its body.</summary>
    public static readonly byte[] Continue = Encoding.ASCII.GetBytes("HTTP/1.1 100 Continue\r\n\r\n");

    private const string RetryAfter = "Retry-After: 1\r\n";

    /// <summary>An answer of that status.</summary>
    public static byte[] Of(int status, DateTimeOffset now, bool close)
    {
        StringBuilder text = new();
        text.AppendFormat(CultureInfo.InvariantCulture, "HTTP/1.1 {0} {1}\r\nDate: {2:R}\r\n", status, Reason(status), now.UtcDateTime);
        text.Append(status == 405 ? "Allow: POST\r\n" : status == 503 ? RetryAfter : string.Empty);
        text.Append(status == 204 ? string.Empty : "Content-Length: 0\r\n");
        text.Append(close ? "Connection: close\r\n\r\n" : "\r\n");
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    private static string Reason(int status) => status switch
    {
        204 => "No Content",
        400 => "Bad Request",
        401 => "Unauthorized",
        404 => "Not Found",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        411 => "Length Required",
        413 => "Content Too Large",
        417 => "Expectation Failed",
        431 => "Request Header Fields Too Large",
        501 => "Not Implemented",
        503 => "Service Unavailable",
        505 => "HTTP Version Not Supported",
        _ => "Refused",
    };
}
