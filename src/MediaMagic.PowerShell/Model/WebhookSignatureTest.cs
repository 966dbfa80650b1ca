namespace MediaMagic;

/// <summary>Whether a delivery is genuine, and if not why.</summary>
public sealed class WebhookSignatureTest
{
    /// <summary>Whether it is.</summary>
    public bool IsValid { get; set; }

    /// <summary>Why it is not.</summary>
    public string? Reason { get; set; }

    /// <summary>The delivery's id.</summary>
    public string? Id { get; set; }
}
