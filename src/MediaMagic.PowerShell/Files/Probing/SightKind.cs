namespace MediaMagic.Files;

/// <summary>What stands at a path.</summary>
internal enum SightKind
{
    File,
    Folder,
    Pipe,
    Socket,
    Device,
    Missing,
    BrokenLink,
    LinkLoop,
    BadPath,
    Denied,
    Unreachable,
}
