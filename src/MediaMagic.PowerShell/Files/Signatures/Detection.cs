using System;

namespace MediaMagic.Files;

/// <summary>
/// What the bytes of a file are, and what else of the catalogue they may be: an MPEG-4 file may be QuickTime as well, markup is
/// text as well, and where the bytes cannot be read far enough to tell, a claim is believed.
/// </summary>
internal readonly record struct Detection(string? ContentType, string? Also = null)
{
    /// <summary>Bytes of which nothing is known.</summary>
    public static Detection None => default;

    /// <summary>Whether a file of this type may have these bytes.</summary>
    public bool Admits(FileType type) => Is(ContentType, type) || Is(Also, type);

    private static bool Is(string? found, FileType type) => string.Equals(found, type.Format, StringComparison.Ordinal);
}
