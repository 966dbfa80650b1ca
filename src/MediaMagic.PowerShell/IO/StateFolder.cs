using System;
using System.Runtime.InteropServices;

namespace MediaMagic.IO;

/// <summary>Finds the folder for the data that the module keeps for its user between processes.</summary>
internal static class StateFolder
{
    /// <summary>Gets the folder, which may not exist yet; null if the user has no folder.</summary>
    public static string? Path => RuntimeInformation.IsOSPlatform(OSPlatform.Windows)
        ? Below(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "MediaMagic")
        : Below(Environment.GetEnvironmentVariable("XDG_STATE_HOME"), "mediamagic")
            ?? Below(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state", "mediamagic");

    // Relative folders do not count: https://specifications.freedesktop.org/basedir-spec.
    private static string? Below(string? root, params string[] names) =>
        string.IsNullOrEmpty(root) || !System.IO.Path.IsPathRooted(root) ? null : System.IO.Path.Combine([root!, .. names]);
}
