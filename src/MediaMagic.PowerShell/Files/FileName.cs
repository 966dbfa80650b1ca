using System.IO;

namespace MediaMagic.Files;

/// <summary>The last part of a path; takes any text at all, where the framework's own helpers refuse some.</summary>
internal readonly struct FileName
{
    private static readonly char[] s_separators = [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar];

    public FileName(string path)
    {
        string trimmed = path.TrimEnd(s_separators);
        Text = trimmed.Substring(trimmed.LastIndexOfAny(s_separators) + 1);
    }

    public string Text { get; }

    /// <summary>What stands behind the last dot, or nothing.</summary>
    public string Extension => Text.Substring((Text.LastIndexOf('.') is int dot and >= 0 ? dot : Text.Length - 1) + 1);
}
