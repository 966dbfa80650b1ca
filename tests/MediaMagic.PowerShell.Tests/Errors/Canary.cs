using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Xunit;

namespace MediaMagic.Tests.Errors;

/// <summary>Looks for a secret in everything that an object shows, with decoders of its own.</summary>
internal static class Canary
{
    private static readonly Regex s_json = new(@"\\u([0-9a-fA-F]{4})");
    private static readonly Regex s_base64 = new("[A-Za-z0-9+/_-]{24,}");

    /// <summary>The ways in which a service may echo a secret.</summary>
    public static IEnumerable<string> Forms(string secret)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(secret);
        string escaped = string.Concat(secret.Select(static c => $"\\u{(int)c:x4}"));
        yield return secret;
        yield return escaped;
        yield return "\\u" + ((int)secret[0]).ToString("X4") + secret[1..];
        yield return Uri.EscapeDataString(secret);
        yield return string.Concat(bytes.Select(static b => $"%{b:X2}"));
        yield return Uri.EscapeDataString(Uri.EscapeDataString(secret));
        yield return string.Concat(bytes.Select(static b => $"%25{b:x2}"));
        yield return WebUtility.HtmlEncode(secret);
        yield return string.Concat(secret.Select(static c => $"&#{(int)c};"));
        yield return string.Concat(secret.Select(static c => $"&#x{(int)c:x};"));
        yield return WebUtility.HtmlEncode(string.Concat(secret.Select(static c => $"&#{(int)c};")));
        yield return escaped.Replace("\\", "\\\\");
        yield return Convert.ToBase64String(bytes);
        yield return Convert.ToBase64String(Encoding.UTF8.GetBytes("u:" + secret));
        yield return Convert.ToBase64String(Encoding.UTF8.GetBytes("user:" + secret + "x"));
        yield return Convert.ToBase64String(Encoding.UTF8.GetBytes("use:" + secret)).Replace('+', '-').Replace('/', '_').TrimEnd('=');
    }

    /// <summary>Fails when the secret can be got out of the value.</summary>
    public static void AssertAbsent(string secret, object? value)
    {
        foreach (string text in Texts(value, 0).Distinct())
        {
            foreach (string view in Views(text))
            {
                Assert.DoesNotContain(secret, view, StringComparison.OrdinalIgnoreCase);
            }
        }
    }

    /// <summary>All texts that the value shows, with the names under which it keeps them.</summary>
    public static IEnumerable<string> Texts(object? value, int depth)
    {
        switch (value)
        {
            case null:
                return [];
            case string text:
                return [text];
            case IDictionary map:
                return map.Keys.Cast<object>().Concat(map.Values.Cast<object>()).SelectMany(item => Texts(item, depth + 1));
            case IEnumerable items:
                return items.Cast<object?>().SelectMany(item => Texts(item, depth + 1));
        }

        if (value.GetType().Namespace != "MediaMagic" || depth > 200)
        {
            return [value.ToString() ?? string.Empty];
        }

        PropertyInfo[] properties = value.GetType().GetProperties();
        return properties.SelectMany(property => Texts(property.GetValue(value), depth + 1)).Append(value.ToString()!);
    }

    // The text, and what is left when layer after layer of escapes and base64 is taken off.
    private static IEnumerable<string> Views(string text)
    {
        foreach (Match match in s_base64.Matches(text))
        {
            for (int start = 0; start < 4; start++)
            {
                string part = match.Value[start..].Replace('-', '+').Replace('_', '/');
                yield return Encoding.UTF8.GetString(Convert.FromBase64String(part[..(part.Length / 4 * 4)]));
            }
        }

        for (int layer = 0; layer < 4; layer++)
        {
            yield return text;
            if (text.IndexOfAny(['\\', '%', '&']) < 0)
            {
                break;
            }

            text = s_json.Replace(text, static match => ((char)Convert.ToInt32(match.Groups[1].Value, 16)).ToString());
            text = WebUtility.HtmlDecode(Uri.UnescapeDataString(text)).Replace("\\\\", "\\");
        }
    }
}
