namespace MediaMagic.Http;

/// <summary>The service's six independent rate-limit buckets.</summary>
internal static class RateBucket
{
    public const string Upload = "upload";
    public const string SubmissionWrite = "submission_write";
    public const string SubmissionRead = "submission_read";
    public const string WebhookWrite = "webhook_write";
    public const string WebhookRead = "webhook_read";
    public const string Sandbox = "sandbox";
}
