namespace MediaMagic;

/// <summary>The categories of files that the service takes.</summary>
public static class FileCategory
{
    /// <summary>Moving pictures, up to 5 GiB.</summary>
    public const string Video = "video";

    /// <summary>Sound, up to 500 MiB.</summary>
    public const string Audio = "audio";

    /// <summary>Pictures, up to 50 MiB.</summary>
    public const string Image = "image";

    /// <summary>Text, PDF and Word files, up to 100 MiB.</summary>
    public const string Document = "document";
}
