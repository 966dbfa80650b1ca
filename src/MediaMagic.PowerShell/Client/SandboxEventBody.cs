namespace MediaMagic.Client;

/// <summary>Fires a sandbox event.</summary>
internal sealed class SandboxEventBody
{
    public string? EventType { get; set; }

    public string? SubmissionId { get; set; }

    public string? ErrorMessage { get; set; }
}
