namespace MediaMagic.Files;

/// <summary>The words for what stands where only a file may.</summary>
internal static class SightWords
{
    /// <summary>What it is; null for a file, and for what is not there or cannot be seen.</summary>
    public static string? NoFile(SightKind kind) => kind switch
    {
        SightKind.Folder => "a folder",
        SightKind.Pipe => "a named pipe",
        SightKind.Socket => "a socket",
        SightKind.Device => "a device",
        SightKind.LinkLoop => "a link that leads back to itself",
        _ => null,
    };
}
