namespace MediaMagic;

/// <summary>What became of a request, over all attempts to send it.</summary>
public enum Delivery
{
    /// <summary>No byte of the request left this machine.</summary>
    NotSent,

    /// <summary>The service rejected the request and did nothing, and no earlier attempt may have worked.</summary>
    Rejected,

    /// <summary>An attempt may have worked, and nothing has settled whether it did.</summary>
    Unknown,

    /// <summary>The request worked.</summary>
    Accepted,
}
