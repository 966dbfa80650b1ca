namespace MediaMagic.Errors;

/// <summary>The places whose errors mean something of their own.</summary>
public enum ApiEndpoint
{
    /// <summary>Any other endpoint of the API.</summary>
    Other,

    /// <summary>Asking for a presigned upload URL.</summary>
    UploadUrl,

    /// <summary>A direct upload.</summary>
    UploadDirect,

    /// <summary>Creating a submission.</summary>
    SubmissionCreate,

    /// <summary>An asset's issues.</summary>
    AssetIssues,

    /// <summary>An asset's topics.</summary>
    AssetTopics,

    /// <summary>Retrying an asset.</summary>
    AssetRetry,

    /// <summary>Firing a sandbox event.</summary>
    Sandbox,

    /// <summary>Blob storage behind a presigned URL.</summary>
    Storage,
}
