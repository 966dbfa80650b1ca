using System;
using System.Text;

namespace MediaMagic.IO;

/// <summary>How names of one kind of folder are compared.</summary>
/// <param name="mark">What the keys of these rules begin with; null where only equal spellings are one name.</param>
/// <param name="foldsCase">Whether case does not count.</param>
/// <param name="compose">What makes one form of both Unicode forms of a name; null where these are two names.</param>
internal sealed class NameRules(string? mark, bool foldsCase, Func<string, string>? compose = null)
{
    /// <summary>Gets the rules of Linux, and of a folder of Windows in which case counts.</summary>
    public static NameRules Exact { get; } = new(null, false);

    /// <summary>Gets the rules of Windows.</summary>
    public static NameRules Windows { get; } = new("windows", true);

    /// <summary>Gets the rules of macOS.</summary>
    public static NameRules MacOS { get; } = new("macos", true, Compose);

    /// <summary>Gets the rules of a volume of macOS on which case counts.</summary>
    public static NameRules MacOSWithCase { get; } = new("macos-case", false, Compose);

    /// <summary>Gets a value indicating whether case does not count.</summary>
    public bool FoldsCase { get; } = foldsCase;

    /// <summary>Returns the same rules with another way to compose names.</summary>
    public NameRules With(Func<string, string> other) => new(mark, FoldsCase, other);

    /// <summary>Returns the key of a name, which begins with its rules because no name contains a slash; null where only equal spellings are one name.</summary>
    public string? KeyOf(string name) => mark is null ? null : mark + "/" + Fold(name);

    /// <summary>Returns the text in the form that is equal for all spellings.</summary>
    public string Fold(string text)
    {
        string folded = compose is null ? text : compose(text);
        return FoldsCase ? folded.ToUpperInvariant() : folded;
    }

    private static string Compose(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            // Half of a surrogate pair has no composed form.
            return text;
        }
    }
}
