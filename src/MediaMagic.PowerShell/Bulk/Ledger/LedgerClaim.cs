namespace MediaMagic.Bulk;

/// <summary>The outcome of a claim: whether the file is ours to work on, and how its row reads.</summary>
/// <param name="Won">Whether it is.</param>
/// <param name="Row">The row.</param>
internal sealed record LedgerClaim(bool Won, LedgerRow Row);
