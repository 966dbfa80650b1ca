namespace MediaMagic;

/// <summary>What a look at a file found out before any upload.</summary>
public sealed class FileCheck
{
    /// <summary>The file's path, as it was given.</summary>
    public string Path { get; set; } = string.Empty;

    /// <summary>The last part of the path.</summary>
    public string Name { get; set; } = string.Empty;

    /// <summary>The size in bytes, where the file could be seen.</summary>
    public long? Length { get; set; }

    /// <summary>The content type to send: as declared, else by the name, else by the bytes.</summary>
    public string? ContentType { get; set; }

    /// <summary>What the bytes say, whether the service takes such files or not; nothing when they do not tell.</summary>
    public string? DetectedType { get; set; }

    /// <summary>The category of the content type.</summary>
    public string? Category { get; set; }

    /// <summary>The largest size in bytes that the category may have.</summary>
    public long? MaxLength { get; set; }

    /// <summary>The way the file would be uploaded: Direct or Presigned.</summary>
    public string? UploadMethod { get; set; }

    /// <summary>Whether the file may be sent.</summary>
    public bool IsValid { get; set; }

    /// <summary>Everything that is wrong with the file.</summary>
    public FileProblem[] Problems { get; set; } = [];

    /// <inheritdoc/>
    public override string ToString() => IsValid ? $"{Name}: valid" : $"{Name}: {string.Join<FileProblem>("; ", Problems)}";
}
