namespace MediaMagic;

/// <summary>What can be wrong with a file.</summary>
public static class FileProblemCode
{
    /// <summary>No such file.</summary>
    public const string NotFound = "NotFound";

    /// <summary>It is there but cannot be read: a folder, a pipe, locked, or not ours to read.</summary>
    public const string NotReadable = "NotReadable";

    /// <summary>It has no bytes.</summary>
    public const string Empty = "Empty";

    /// <summary>Its type is not one that the service takes.</summary>
    public const string UnsupportedType = "UnsupportedType";

    /// <summary>Its bytes are not of the type that its name or the caller claims.</summary>
    public const string TypeMismatch = "TypeMismatch";

    /// <summary>It is larger than its category may be.</summary>
    public const string TooLarge = "TooLarge";
}
