namespace MediaMagic.Simulator;

/// <summary>One version of an asset, and the submission that made it.</summary>
internal sealed class VersionEntry
{
    public VersionEntry(Submission submission, Asset asset)
    {
        Submission = submission;
        Asset = asset;
    }

    public Submission Submission { get; }

    public Asset Asset { get; }
}
