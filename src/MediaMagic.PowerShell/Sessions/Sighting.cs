namespace MediaMagic.Sessions;

/// <summary>Remembers the ids of what passes by, for completion.</summary>
internal static class Sighting
{
    public static Submission See(this MMSession session, Submission submission)
    {
        foreach (SubmissionAsset asset in submission.Assets)
        {
            session.Seen.Add(SeenIds.Assets, asset.AssetId);
        }

        session.Seen.Add(SeenIds.Submissions, submission.SubmissionId);
        return submission;
    }

    public static WebhookSubscription See(this MMSession session, WebhookSubscription subscription)
    {
        session.Seen.Add(SeenIds.Subscriptions, subscription.Id);
        return subscription;
    }
}
