using System.Linq;

namespace MediaMagic.Tests.HostileWorld;

/// <summary>What holds in every world. Whether "Unknown" is founded shows only beside other worlds: <see cref="Beliefs"/>.</summary>
internal static class Invariants
{
    /// <summary>Returns what is wrong with a word to the user at the time when it is said; null when nothing is.</summary>
    public static string? ProblemOf(Word word, string content, ServiceState state, bool isHealthy, bool isAlone)
    {
        bool isAccepted = state.CountOf(content) > 0;
        bool isDone = word.State is SubmitState.Submitted or SubmitState.Complete or SubmitState.Skipped;
        return word.State switch
        {
            _ when isDone && !isAccepted => $"{word.State}, but the service does not have it.",
            _ when isDone && !state.TryFinish(word.BlobPath ?? string.Empty, content) => $"{word.State}, but {word.BlobPath} also holds other content that is done.",
            SubmitState.Failed when isAccepted && !word.HasId => $"Failed ({word.Error}), but the service has it.",
            SubmitState.Failed when isHealthy => $"A healthy service does not accept it ({word.Error}).",
            SubmitState.Unknown when isHealthy && state.Holds(word.BlobPath) => $"The blob is there, and nothing is settled ({word.Error}).",
            SubmitState.Elsewhere when isAlone => "Elsewhere, but no other process works on it.",
            SubmitState.Invalid => $"Invalid ({word.Error}).",
            _ => null,
        };
    }

    /// <summary>Returns what is wrong when a process has ended; null when nothing is.</summary>
    public static string? ProblemOf(ServiceState state) =>
        state.Accepted.GroupBy(static acceptance => acceptance.Content).Any(static same => same.Count() > 1) ? "A file was accepted twice." : null;
}
