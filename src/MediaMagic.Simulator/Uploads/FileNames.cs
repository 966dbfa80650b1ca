using System.Linq;

namespace MediaMagic.Simulator;

/// <summary>Which names a file may be uploaded under.</summary>
internal static class FileNames
{
    public const int MaxLength = 255;

    public static bool IsValid(string name) =>
        name.Length <= MaxLength && name.Trim() is not ("" or "." or "..") && !name.Any(c => c is '/' or '\\' || char.IsControl(c));

    public static void Require(string name)
    {
        if (!IsValid(name))
        {
            throw new Refusal(403, "Invalid filename");
        }
    }
}
