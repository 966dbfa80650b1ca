using System;

namespace MediaMagic;

/// <summary>The states of a submission or asset that are known; the service may send others.</summary>
public static class SubmissionStatus
{
    /// <summary>Its files are being taken in.</summary>
    public const string Uploading = "uploading";

    /// <summary>Accepted, not yet begun.</summary>
    public const string Submitted = "submitted";

    /// <summary>Being analysed.</summary>
    public const string Processing = "processing";

    /// <summary>Analysed.</summary>
    public const string Complete = "complete";

    /// <summary>Ended without a result.</summary>
    public const string Failed = "failed";

    /// <summary>The service did not say.</summary>
    public const string Unknown = "unknown";

    /// <summary>Whether nothing more will happen by itself.</summary>
    public static bool IsFinal(string? status) =>
        string.Equals(status, Complete, StringComparison.OrdinalIgnoreCase) || IsFailed(status);

    /// <summary>Whether it ended without a result.</summary>
    public static bool IsFailed(string? status) => string.Equals(status, Failed, StringComparison.OrdinalIgnoreCase);
}
