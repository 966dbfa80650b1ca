namespace MediaMagic;

/// <summary>How a file ended in a bulk run.</summary>
public static class SubmitState
{
    /// <summary>It is submitted.</summary>
    public const string Submitted = "Submitted";

    /// <summary>It is submitted and analysed.</summary>
    public const string Complete = "Complete";

    /// <summary>It was not submitted, or its analysis failed; the error says why.</summary>
    public const string Failed = "Failed";

    /// <summary>The service would not take it; nothing was sent.</summary>
    public const string Invalid = "Invalid";

    /// <summary>It was sent, and nobody here knows whether it was accepted; the same run started again settles it.</summary>
    public const string Unknown = "Unknown";

    /// <summary>It was done before.</summary>
    public const string Skipped = "Skipped";

    /// <summary>Another process has it.</summary>
    public const string Elsewhere = "Elsewhere";
}
