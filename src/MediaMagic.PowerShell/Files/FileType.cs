namespace MediaMagic.Files;

/// <summary>One type of the catalogue.</summary>
internal sealed class FileType(string contentType, string category, long maxLength, string[] extensions, string? sameAs = null)
{
    public string ContentType { get; } = contentType;

    public string Category { get; } = category;

    public long MaxLength { get; } = maxLength;

    /// <summary>The extensions whose files are taken for this type, without the dot.</summary>
    public string[] Extensions { get; } = extensions;

    /// <summary>The type that the bytes are found to be: two names may stand for one format.</summary>
    public string Format { get; } = sameAs ?? contentType;
}
