namespace MediaMagic.Simulator;

/// <summary>The rate-limit buckets and the words of their limits.</summary>
internal static class Buckets
{
    public const string Upload = "upload";
    public const string SubmissionWrite = "submission_write";
    public const string SubmissionRead = "submission_read";
    public const string WebhookWrite = "webhook_write";
    public const string WebhookRead = "webhook_read";
    public const string Sandbox = "sandbox";

    public static readonly string[] All = [Upload, SubmissionWrite, SubmissionRead, WebhookWrite, WebhookRead, Sandbox];

    public static string LimitMessage(string bucket) => "Rate limit exceeded: too many " + bucket switch
    {
        Upload => "uploads",
        SubmissionWrite => "submission writes",
        SubmissionRead => "submission reads",
        WebhookWrite => "webhook writes",
        WebhookRead => "webhook reads",
        Sandbox => "sandbox events",
        _ => "requests",
    };
}
