using System.Text.RegularExpressions;

namespace MediaMagic.Simulator;

/// <summary>Turns patterns of people into regular expressions.</summary>
internal static class Wildcard
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline;

    /// <summary>A file name pattern: <c>*</c> is any text, <c>?</c> one character.</summary>
    public static Regex FileName(string pattern) =>
        new("^" + Regex.Escape(pattern).Replace("\\*", ".*").Replace("\\?", ".") + "$", Options);

    /// <summary>An endpoint pattern: <c>*</c> is any text, <c>{name}</c> one path segment.</summary>
    public static Regex Endpoint(string pattern) =>
        new("^" + Regex.Replace(Regex.Escape(Plain(pattern)), @"\\\{[^}]*}", "[^/]+").Replace("\\*", ".*") + "$", Options);

    /// <summary>An endpoint pattern with a method, and without the API's prefix.</summary>
    public static string Plain(string pattern)
    {
        string text = pattern.Trim().Replace(" " + Exchange.ApiPrefix, " ");
        if (text.StartsWith(Exchange.ApiPrefix, System.StringComparison.Ordinal))
        {
            text = text.Substring(Exchange.ApiPrefix.Length);
        }

        return text.StartsWith('/') ? "{method} " + text : text;
    }
}
