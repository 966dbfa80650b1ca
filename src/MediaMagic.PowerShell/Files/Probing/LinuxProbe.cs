namespace MediaMagic.Files;

/// <summary>Sees with statx, which tells pipes, sockets and devices from files in one call.</summary>
internal sealed class LinuxProbe : FileProbe
{
    private const int NoEntry = 2;
    private const int AccessDenied = 13;
    private const int NotADirectory = 20;
    private const int NameTooLong = 36;
    private const int TooManyLinks = 40;

    private const int TypeMask = 0xF000;

    private readonly PortableProbe _portable = new();

    protected override Sighting LookAt(string path)
    {
        int error = UnixNative.Stat(path, out StatX seen);
        return error switch
        {
            0 => new(Kind(seen.Mode), seen.Length),
            NoEntry => _portable.Look(path) is { Kind: SightKind.BrokenLink } broken ? broken : new(SightKind.Missing),
            NotADirectory => new(SightKind.Missing),
            NameTooLong => new(SightKind.BadPath),
            TooManyLinks => new(SightKind.LinkLoop),
            AccessDenied => new(SightKind.Denied),

            // No such call here, or a sandbox forbids it: the framework has its own ways.
            _ => _portable.Look(path),
        };
    }

    private static SightKind Kind(int mode) => (mode & TypeMask) switch
    {
        0x4000 => SightKind.Folder,
        0x1000 => SightKind.Pipe,
        0xC000 => SightKind.Socket,
        0x2000 or 0x6000 => SightKind.Device,
        _ => SightKind.File,
    };
}
