using System;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;

namespace MediaMagic.Files;

/// <summary>The names that Windows does not allow, and the name of the file that it opens.</summary>
/// <param name="fullPathOf">Returns the full path by the rules of the system, which leads to <c>\\.\</c> for the name of a device.</param>
internal sealed class WindowsNames(Func<string, string> fullPathOf)
{
    private const string Literal = @"\\?\";
    private const string Device = @"\\.\";
    private const string Forbidden = "<>:\"|?*";

    private static readonly string[] s_devices = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];
    private static readonly char[] s_separators = ['\\', '/'];

    /// <summary>Gets the rules of this system; null if it is not Windows.</summary>
    public static WindowsNames? Default { get; } = RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? new(Path.GetFullPath) : null;

    /// <summary>Returns the path without the dots and spaces that Windows removes from the end of a name.</summary>
    public static string Opened(string path)
    {
        string trimmed = IsLiteral(path) ? path : path.TrimEnd('.', ' ');
        return NameOf(trimmed).Length == 0 ? path : trimmed;
    }

    /// <summary>Returns why Windows has no file with such a path; null if its name is not the reason. The failure decides, since versions of Windows differ.</summary>
    public string? Explain(string path, SightKind kind)
    {
        if (path.Replace('/', '\\').StartsWith(Device, StringComparison.Ordinal))
        {
            return null;
        }

        string name = NameOf(Opened(path));
        bool isFailure = kind is SightKind.Denied or SightKind.BadPath;
        if (!IsLiteral(path) && (IsDevice(path) || (isFailure && IsReserved(name))))
        {
            return $"Windows keeps the name '{name}' for a device; only files can be uploaded.";
        }

        return isFailure || kind == SightKind.Missing ? ExplainCharacter(path) : null;
    }

    private static string? ExplainCharacter(string path)
    {
        string plain = path.Replace('/', '\\').StartsWith(Literal, StringComparison.Ordinal) ? path.Substring(Literal.Length) : path;
        string rest = plain.Length > 1 && plain[1] == ':' ? plain.Substring(2) : plain;
        int index = rest.ToList().FindIndex(c => c < ' ' || Forbidden.Contains(c));
        return index < 0 ? null
            : rest[index] < ' ' ? $"The path contains the control character U+{(int)rest[index]:X4}, which Windows does not allow."
            : $"The path contains the character '{rest[index]}', which Windows does not allow.";
    }

    private static string NameOf(string path) => path.Substring(path.LastIndexOfAny(s_separators) + 1);

    private static bool IsLiteral(string path) => path.StartsWith(Literal, StringComparison.Ordinal);

    // With or without an extension. The superscript digits count as digits.
    private static bool IsReserved(string name)
    {
        string stem = name.Split('.', ':')[0].TrimEnd(' ').ToUpperInvariant();
        return s_devices.Contains(stem)
            || (stem.Length == 4 && (stem.StartsWith("COM", StringComparison.Ordinal) || stem.StartsWith("LPT", StringComparison.Ordinal)) && stem[3] is (>= '0' and <= '9') or '\u00B9' or '\u00B2' or '\u00B3');
    }

    // Windows reports the attributes of a file for some devices.
    private bool IsDevice(string path)
    {
        try
        {
            return fullPathOf(path).StartsWith(Device, StringComparison.Ordinal);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException or IOException or System.Security.SecurityException)
        {
            return false;
        }
    }
}
