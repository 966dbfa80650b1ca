using System;
using System.Linq;
using System.Text;

namespace MediaMagic.Transfer;

/// <summary>
/// The key of a file name under which two names that a service might take for one are equal: composed, percent-decoded and in lower case, with
/// every other character than a letter, a digit, a dot or a hyphen as an underscore.
/// </summary>
internal static class FoldedName
{
    /// <summary>Returns the key of the name.</summary>
    public static string Of(string name)
    {
        // Half of a surrogate pair has no composed form.
        string whole = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(name));
        string plain = Uri.UnescapeDataString(whole).Normalize(NormalizationForm.FormC).ToLowerInvariant();
        StringBuilder key = new(plain.Length);
        foreach (char c in plain)
        {
            // One underscore stands for a pair.
            if (!char.IsLowSurrogate(c))
            {
                key.Append(c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '.' or '-' ? c : '_');
            }
        }

        return key.ToString();
    }

    /// <summary>Returns whether every service keeps the name as it is.</summary>
    public static bool IsPlain(string name) =>
        name.All(static c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '.' or '-' or '_');
}
