namespace MediaMagic;

/// <summary>The severities of an issue that are known; the service may send others.</summary>
public static class Severity
{
    /// <summary>Must be dealt with.</summary>
    public const string Critical = "CRITICAL";

    /// <summary>Ought to be dealt with.</summary>
    public const string Major = "MAJOR";

    /// <summary>A blemish.</summary>
    public const string Minor = "MINOR";

    /// <summary>For information only.</summary>
    public const string Info = "INFO";
}
