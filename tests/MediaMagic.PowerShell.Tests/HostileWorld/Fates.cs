using System;
using System.Linq;

namespace MediaMagic.Tests.HostileWorld;

/// <summary>The fates of an attempt that differ from each other, by what the service has of the blob path.</summary>
internal static class Fates
{
    private static readonly Fate[] s_sent = [.. Enum.GetValues<Fate>().Where(static fate => fate != Fate.NotSent)];

    // The service cannot accept the path, so that whether an answer is lost before or after the work makes no difference.
    private static readonly Fate[] s_spent =
        [.. s_sent.Where(static fate => fate is not (Fate.AnswerLost or Fate.Works500 or Fate.Works502))];

    // Where the blob is missing, the true answer is the 403.
    private static readonly Fate[] s_missing = [.. s_spent.Where(static fate => fate != Fate.Refused403)];

    /// <summary>Gets whether the request leaves the machine.</summary>
    public static Fate[] OfSending { get; } = [Fate.Works, Fate.NotSent];

    /// <summary>Returns the fates of a request that was sent.</summary>
    public static Fate[] Of(bool isStored, bool isAccepted) => isAccepted ? s_spent : isStored ? s_sent : s_missing;
}
