namespace MediaMagic.Tests.HostileWorld;

/// <summary>An asset that the service accepted.</summary>
/// <param name="SubmissionId">The submission.</param>
/// <param name="BlobPath">The blob path.</param>
/// <param name="Content">The SHA-256 of the bytes that were there.</param>
internal sealed record Acceptance(string SubmissionId, string BlobPath, string Content);
