using System;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Tasks;

namespace MediaMagic.Tests.HostileWorld;

/// <summary>Reads the form of a direct upload: one field named "file", as the contract has it.</summary>
internal static partial class FormReader
{
    /// <summary>Returns the name and the bytes of the file.</summary>
    public static async Task<(string Name, byte[] Bytes)> ReadAsync(HttpContent content)
    {
        byte[] body = await content.ReadAsByteArrayAsync();
        string text = Encoding.Latin1.GetString(body);
        string boundary = "--" + content.Headers.ContentType!.Parameters.Single(static parameter => parameter.Name == "boundary").Value!.Trim('"');
        int head = text.IndexOf(boundary, StringComparison.Ordinal) + boundary.Length + 2;
        int start = text.IndexOf("\r\n\r\n", head, StringComparison.Ordinal) + 4;
        int end = text.LastIndexOf("\r\n" + boundary + "--", StringComparison.Ordinal);
        return (FileName().Match(Encoding.UTF8.GetString(body, head, start - head)).Groups[1].Value, body[start..end]);
    }

    [GeneratedRegex("; name=\"file\"; filename=\"([^\"]*)\"")]
    private static partial Regex FileName();
}
