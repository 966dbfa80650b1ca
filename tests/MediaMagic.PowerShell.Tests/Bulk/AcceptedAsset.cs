namespace MediaMagic.Tests.Bulk;

/// <summary>An asset that the service accepted.</summary>
/// <param name="Workspace">The workspace.</param>
/// <param name="SubmissionId">The submission.</param>
/// <param name="AssetId">The asset.</param>
/// <param name="BlobPath">The blob path.</param>
/// <param name="Content">The bytes at that time, as text.</param>
public sealed record AcceptedAsset(string Workspace, string SubmissionId, string AssetId, string BlobPath, string Content);
