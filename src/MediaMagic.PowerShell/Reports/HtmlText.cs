using System;
using System.Text;
using MediaMagic.Errors;

namespace MediaMagic.Reports;

/// <summary>Makes a stranger's text fit for a page: inside an element, and inside quotes as an attribute's value.</summary>
internal static class HtmlText
{
    // Longer is nobody's summary; what is cut is shown to be.
    private const int Longest = 20_000;

    /// <summary>The text without secrets, control characters and marks that turn its direction, and with nothing in it that is markup.</summary>
    public static string Encode(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return string.Empty;
        }

        string plain = Redactor.Default.Redact(SafeText.Harmless(SafeText.Cut(text!, Longest)), text!.Length > Longest);
        StringBuilder? encoded = null;
        for (int i = 0; i < plain.Length; i++)
        {
            if (EntityOf(plain[i]) is string entity)
            {
                encoded ??= new StringBuilder(plain, 0, i, plain.Length + 32);
                encoded.Append(entity);
            }
            else
            {
                encoded?.Append(plain[i]);
            }
        }

        return encoded?.ToString() ?? plain;
    }

    /// <summary>An address that a link may have; null for whatever is not plainly a page on the web.</summary>
    public static Uri? Link(string? text) =>
        UriText.Parse(text?.Trim()) is Uri address
        && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
        && address.Host.Length > 0
        && address.UserInfo.Length == 0
            ? address
            : null;

    private static string? EntityOf(char c) => c switch
    {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '"' => "&quot;",
        '\'' => "&#39;",
        '`' => "&#96;",
        _ => null,
    };
}
