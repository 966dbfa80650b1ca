namespace MediaMagic;

/// <summary>How far a file is in a ledger.</summary>
public static class LedgerState
{
    /// <summary>A process has begun with it.</summary>
    public const string Claimed = "Claimed";

    /// <summary>It is uploaded, and was not submitted yet.</summary>
    public const string Uploaded = "Uploaded";

    /// <summary>It may have been submitted: the request was about to be sent, and no answer is written down.</summary>
    public const string Submitting = "Submitting";

    /// <summary>It is submitted.</summary>
    public const string Submitted = "Submitted";

    /// <summary>It is submitted and analysed.</summary>
    public const string Complete = "Complete";

    /// <summary>It was not submitted, or its analysis failed.</summary>
    public const string Failed = "Failed";
}
