using System;
using System.Text.RegularExpressions;

namespace MediaMagic.Simulator;

/// <summary>What the headers of a multipart part say.</summary>
internal sealed class PartHeaders
{
    private PartHeaders(string? name, string? fileName, string? contentType)
    {
        Name = name;
        FileName = fileName;
        ContentType = contentType;
    }

    public string? Name { get; }

    public string? FileName { get; }

    public string? ContentType { get; }

    public static PartHeaders Parse(string text)
    {
        string? disposition = null;
        string? contentType = null;
        foreach (string line in text.Split('\n'))
        {
            int colon = line.IndexOf(':');
            string value = line.Substring(colon + 1).Trim();
            switch (colon < 0 ? string.Empty : line.Substring(0, colon).Trim().ToUpperInvariant())
            {
                case "CONTENT-DISPOSITION":
                    disposition = value;
                    break;
                case "CONTENT-TYPE":
                    contentType = value;
                    break;
                default:
                    break;
            }
        }

        return new PartHeaders(
            Parameter(disposition, "name"),
            Extended(disposition) ?? Parameter(disposition, "filename"),
            contentType);
    }

    /// <summary>A parameter of a header, quoted or bare.</summary>
    public static string? Parameter(string? header, string name)
    {
        Match match = Regex.Match(
            header ?? string.Empty,
            @"(?:^|;)\s*" + name + @"\s*=\s*(?:""(?<quoted>(?:[^""\\]|\\.)*)""|(?<bare>[^;\s]+))",
            RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
        if (!match.Success)
        {
            return null;
        }

        return match.Groups["bare"].Success
            ? match.Groups["bare"].Value
            : Regex.Replace(match.Groups["quoted"].Value, @"\\([""\\])", "$1").Replace("%22", "\"", StringComparison.Ordinal);
    }

    private static string? Extended(string? disposition)
    {
        const string Utf8 = "utf-8''";
        string? value = Parameter(disposition, @"filename\*");
        if (value?.StartsWith(Utf8, StringComparison.OrdinalIgnoreCase) != true)
        {
            return null;
        }

        string escaped = value.Substring(Utf8.Length);
        return Uri.UnescapeDataString(escaped);
    }
}
