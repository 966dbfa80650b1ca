using System;
using System.Linq;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;

namespace MediaMagic.Tests.Bulk;

/// <summary>The form of a direct upload.</summary>
internal static class ContractForm
{
    /// <summary>Returns the name and the bytes of its one field, which is named "file" as the contract has it.</summary>
    public static (string Name, byte[] Bytes) Read(MediaTypeHeaderValue type, byte[] body)
    {
        string text = Encoding.Latin1.GetString(body);
        string boundary = "--" + type.Parameters.Single(static parameter => parameter.Name == "boundary").Value!.Trim('"');
        int start = text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4;
        int end = text.LastIndexOf("\r\n" + boundary + "--", StringComparison.Ordinal);
        return (Regex.Match(Encoding.UTF8.GetString(body, 0, start), "filename=\"([^\"]*)\"").Groups[1].Value, body[start..end]);
    }
}
