using System;
using System.Linq;
using System.Runtime.InteropServices;

namespace MediaMagic.IO;

/// <summary>
/// How a system compares the paths of files: which spellings are one file. The ledger, the guard of a session and the upload journal compare keys, never
/// paths. The rule is in docs/architecture.md.
/// </summary>
internal sealed class PathIdentity
{
    private const string Literal = @"\\?\";
    private const string Device = @"\\.\";
    private const string Share = @"UNC\";

    private static readonly NameRules[] s_rules = [NameRules.Windows, NameRules.MacOS, NameRules.MacOSWithCase];

    private readonly NameRules _rules;
    private readonly NameRules _rulesWithCase;
    private readonly Func<string, string, bool?> _areOneFile;

    private PathIdentity(NameRules rules, NameRules rulesWithCase, Func<string, string, bool?> areOneFile)
    {
        _rules = rules;
        _rulesWithCase = rulesWithCase;
        _areOneFile = areOneFile;
    }

    /// <summary>Gets how Windows compares paths.</summary>
    public static PathIdentity Windows { get; } = new(NameRules.Windows, NameRules.Exact, FileNumber.AreEqual);

    /// <summary>Gets how macOS compares paths.</summary>
    public static PathIdentity MacOS { get; } = new(NameRules.MacOS, NameRules.MacOSWithCase, FileNumber.AreEqual);

    /// <summary>Gets how Linux compares paths.</summary>
    public static PathIdentity Linux { get; } = new(NameRules.Exact, NameRules.Exact, FileNumber.AreEqual);

    /// <summary>Gets how this system compares paths.</summary>
    public static PathIdentity Default { get; } = RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? Windows
        : RuntimeInformation.IsOSPlatform(OSPlatform.OSX) ? MacOS
        : Linux;

    private bool IsWindows => _rules == NameRules.Windows;

    /// <summary>Returns the keys of a name by the rules of every system on which spellings differ.</summary>
    public static string[] NameKeysOf(string name) => [.. s_rules.Select(rules => rules.KeyOf(name)!)];

    /// <summary>Returns the same rules with another test of whether two paths lead to one file. The test returns null if the first path leads to none.</summary>
    public PathIdentity With(Func<string, string, bool?> areOneFile) => new(_rules, _rulesWithCase, areOneFile);

    /// <summary>Returns the same rules with another way to compose names, for a process that has no tables of Unicode.</summary>
    public PathIdentity With(Func<string, string> compose) => new(_rules.With(compose), _rulesWithCase.With(compose), _areOneFile);

    /// <summary>Returns the key of a full path, which is equal for all spellings of it.</summary>
    public string KeyOf(string path)
    {
        string plain = IsWindows ? Plain(path) : path;
        return RulesAt(path, 0).Fold(plain);
    }

    /// <summary>Returns the key of a file's name, or of another name in its folder; null where only equal spellings are one name.</summary>
    public string? NameKeyOf(string path, string? name = null) => RulesAt(path, NameStart(path)).KeyOf(name ?? NameOf(path));

    /// <summary>Returns whether the paths are spellings of one path.</summary>
    public bool AreSame(string path, string other) => path == other || KeyOf(path) == KeyOf(other);

    /// <summary>Returns whether the names of two files are spellings of one name.</summary>
    public bool AreNamesSame(string path, string other) =>
        NameOf(path) == NameOf(other) || (NameKeyOf(path) is string key && key == NameKeyOf(other));

    /// <summary>Returns the rules of the system that wrote the path. A path tells Windows from the others, and these share no ledger as a rule.</summary>
    public NameRules RulesOfWriter(string path) =>
        path.StartsWith(@"\\", StringComparison.Ordinal) || (path.Length > 2 && path[1] == ':' && path[2] is '\\' or '/') ? NameRules.Windows
        : IsWindows ? NameRules.Exact
        : _rules;

    /// <summary>Returns whether a system with these rules wrote the path.</summary>
    public bool Wrote(string path) => RulesOfWriter(path) == _rules;

    // Folders and volumes differ. Where another case of the same name leads to no file or to another one, case counts.
    private NameRules RulesAt(string path, int start)
    {
        if (!_rules.FoldsCase)
        {
            return _rules;
        }

        string other = new([.. path.Select((c, index) => index < start ? c : Swap(c))]);
        return other != path && _areOneFile(path, other) == false ? _rulesWithCase : _rules;
    }

    private static char Swap(char c) => c is >= 'a' and <= 'z' ? (char)(c - 32) : c is >= 'A' and <= 'Z' ? (char)(c + 32) : c;

    private string NameOf(string path)
    {
        string plain = IsWindows ? Plain(path) : path;
        return plain.Substring(NameStart(plain));
    }

    private int NameStart(string path) => (IsWindows ? path.LastIndexOfAny(['\\', '/']) : path.LastIndexOf('/')) + 1;

    // A device path to a drive or to a share is the path without its prefix, and is not trimmed if the prefix is \\?\.
    private static string Plain(string path)
    {
        bool isLiteral = path.StartsWith(Literal, StringComparison.Ordinal);
        string plain = isLiteral ? path : Trim(path.Replace('/', '\\'));
        if (!isLiteral && !plain.StartsWith(Literal, StringComparison.Ordinal) && !plain.StartsWith(Device, StringComparison.Ordinal))
        {
            return plain;
        }

        string rest = plain.Substring(Literal.Length);
        return rest.StartsWith(Share, StringComparison.OrdinalIgnoreCase) ? $@"\\{rest.Substring(Share.Length)}"
            : rest.Length > 2 && rest[1] == ':' && rest[2] == '\\' ? rest
            : Literal + rest;
    }

    // As Windows does: one dot from the end of a folder, all dots and spaces from the end of the path.
    private static string Trim(string path)
    {
        string[] parts = path.Split('\\');
        for (int i = 0; i < parts.Length - 1; i++)
        {
            if (parts[i].Length > 1 && parts[i].EndsWith('.') && parts[i][parts[i].Length - 2] != '.')
            {
                parts[i] = parts[i].Substring(0, parts[i].Length - 1);
            }
        }

        parts[parts.Length - 1] = parts[parts.Length - 1].TrimEnd('.', ' ');
        return string.Join("\\", parts);
    }
}
