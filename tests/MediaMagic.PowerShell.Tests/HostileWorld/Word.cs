namespace MediaMagic.Tests.HostileWorld;

/// <summary>What a user is told of a file.</summary>
/// <param name="Path">The file.</param>
/// <param name="State">Its state.</param>
/// <param name="BlobPath">Its blob path.</param>
/// <param name="HasId">Whether the user gets the id of a submission.</param>
/// <param name="Error">What went wrong.</param>
internal sealed record Word(string Path, string State, string? BlobPath, bool HasId, string? Error)
{
    /// <summary>Returns what a result says.</summary>
    public static Word Of(SubmitResult result) => new(result.Path!, result.State!, result.BlobPath, result.SubmissionId is not null, result.Error);
}
