namespace MediaMagic.Files;

/// <summary>Sees with statx, which tells pipes, sockets and devices from files in one call.</summary>
internal sealed class LinuxProbe : FileProbe
{
    private const int TooManyLinks = 40;
    private const int TypeMask = 0xF000;

    private readonly PortableProbe _portable = new();

    public override bool CanSeePipes => true;

    protected override Sighting LookAt(string path) => UnixNative.Stat(path, out StatX seen) switch
    {
        0 => new(Kind(seen.Mode), seen.Length),
        TooManyLinks => new(SightKind.LinkLoop),

        // Nothing there, or no such call here: the framework has its own ways.
        _ => _portable.Look(path),
    };

    private static SightKind Kind(int mode) => (mode & TypeMask) switch
    {
        0x4000 => SightKind.Folder,
        0x1000 => SightKind.Pipe,
        0xC000 => SightKind.Socket,
        0x2000 or 0x6000 => SightKind.Device,
        _ => SightKind.File,
    };
}
