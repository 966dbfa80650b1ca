namespace MediaMagic;

/// <summary>The states of an issue that are known; the service may send others.</summary>
public static class IssueStatus
{
    /// <summary>Nobody dealt with it yet.</summary>
    public const string Open = "OPEN";

    /// <summary>Seen.</summary>
    public const string Acknowledged = "ACKNOWLEDGED";

    /// <summary>A person is asked.</summary>
    public const string AwaitingHumanInput = "AWAITING_HUMAN_INPUT";

    /// <summary>Dealt with.</summary>
    public const string Resolved = "RESOLVED";

    /// <summary>Found to be none.</summary>
    public const string Dismissed = "DISMISSED";
}
