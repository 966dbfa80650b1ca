using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace MediaMagic.Errors;

/// <summary>The forms in which a known secret may turn up, besides escapes, which are taken off before it is looked for.</summary>
internal static class SecretForms
{
    // Shorter rests may be ordinary words.
    private const int ShortestRest = 12;

    private static readonly string[] s_prefixes = [ApiKey.LivePrefix, ApiKey.SandboxPrefix, "whsec_"];

    /// <summary>The secret, what follows its prefix, and both inside base64.</summary>
    public static IEnumerable<string> Of(string secret)
    {
        List<string> plain = [secret];
        foreach (string prefix in s_prefixes)
        {
            if (secret.StartsWith(prefix, StringComparison.Ordinal) && secret.Length - prefix.Length >= ShortestRest)
            {
                plain.Add(secret.Substring(prefix.Length));
            }
        }

        foreach (string text in plain)
        {
            yield return text;
            yield return Bytes(text);
            foreach (string form in Base64(text))
            {
                yield return form;
                yield return form.Replace('+', '-').Replace('/', '_');
            }
        }
    }

    // A letter beyond ASCII, percent-encoded, comes back from there as its bytes.
    private static string Bytes(string text) => string.Concat(Encoding.UTF8.GetBytes(text).Select(static b => (char)b));

    // Base64 of longer text, such as "user:secret", shows the secret in one of three alignments; the characters at the edges,
    // which also depend on the neighbours, are left off.
    private static IEnumerable<string> Base64(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        for (int before = 0; before < 3; before++)
        {
            byte[] padded = new byte[before + bytes.Length];
            bytes.CopyTo(padded, before);
            int first = ((before * 8) + 5) / 6;
            int last = padded.Length * 8 / 6;
            yield return Convert.ToBase64String(padded).Substring(first, last - first);
        }
    }
}
