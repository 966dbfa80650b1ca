using System.Linq;

namespace MediaMagic.Simulator;

/// <summary>Which names a file may be uploaded under.</summary>
internal static class FileNames
{
    public const int MaxLength = 255;

    public static bool IsValid(string name) =>
        name.Length is > 0 and <= MaxLength && name.Trim().Length > 0 && name is not ("." or "..") && !name.Any(c => c is '/' or '\\' || char.IsControl(c));

    public static void Require(string name)
    {
        if (!IsValid(name))
        {
            throw new Refusal(403, "Invalid filename");
        }
    }
}
