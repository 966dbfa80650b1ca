using System.Collections.Generic;

namespace MediaMagic.Errors;

/// <summary>How a call ended, over all its attempts.</summary>
/// <param name="Safety">What a repeat of the request would do.</param>
/// <param name="Delivery">What became of the request.</param>
/// <param name="Attempts">How many times it was sent.</param>
/// <param name="LostAnswers">How many of the answers were lost.</param>
/// <param name="BlobPaths">The blob paths that a create names.</param>
internal sealed record CallOutcome(RequestSafety Safety, Delivery Delivery, int Attempts, int LostAnswers, IReadOnlyList<string> BlobPaths);
