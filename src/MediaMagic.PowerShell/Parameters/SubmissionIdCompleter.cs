using System.Collections.Generic;

namespace MediaMagic.Parameters;

/// <summary>Offers the submissions that the session met last.</summary>
public sealed class SubmissionIdCompleter : WordCompleter
{
    private protected override IEnumerable<string?> Words(MMSession? session) => session?.Seen.Of(SeenIds.Submissions) ?? [];
}
