using System;
using System.IO;

namespace MediaMagic.Loader;

/// <summary>One build of the module on disk.</summary>
internal sealed class ModuleBuild
{
    private const string Setting = "ModuleVersion";

    /// <summary>Finds a build of the module in a folder.</summary>
    public ModuleBuild(string folder, string build)
    {
        Folder = Path.GetFullPath(Path.Combine(folder, build));
        File = Path.Combine(Folder, "MediaMagic.PowerShell.dll");
        Version = ReadVersion(Path.Combine(folder, "MediaMagic.psd1"));
    }

    /// <summary>Gets the folder of the build.</summary>
    public string Folder { get; }

    /// <summary>Gets the path of the module's assembly.</summary>
    public string File { get; }

    /// <summary>Gets the version in the manifest; null if there is none.</summary>
    public string? Version { get; }

    /// <summary>Describes the build, with the assembly's version if the manifest has none.</summary>
    public string Describe(Version? assembly) => $"MediaMagic {Version ?? assembly?.ToString(3)} from '{Folder}'";

    // Without a regular expression or PowerShell's parser, which would slow down every import.
    private static string? ReadVersion(string manifest)
    {
        if (!System.IO.File.Exists(manifest))
        {
            return null;
        }

        foreach (string line in System.IO.File.ReadAllLines(manifest))
        {
            string[] parts = line.Split('=');
            if (parts.Length > 1 && string.Equals(parts[0].Trim(), Setting, StringComparison.OrdinalIgnoreCase))
            {
                string[] quoted = parts[1].Split('\'', '"');
                return quoted.Length > 2 ? quoted[1] : null;
            }
        }

        return null;
    }
}
