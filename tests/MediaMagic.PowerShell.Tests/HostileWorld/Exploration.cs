namespace MediaMagic.Tests.HostileWorld;

/// <summary>What an exploration found.</summary>
/// <param name="Worlds">How many worlds there are.</param>
/// <param name="States">How many states differ.</param>
/// <param name="Processes">How many processes differ in their world.</param>
/// <param name="Runs">How many of them ran. To the others all was as to one of these.</param>
/// <param name="Problem">What is wrong in one of the worlds; null when nothing is.</param>
internal sealed record Exploration(long Worlds, int States, long Processes, long Runs, string? Problem)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Worlds:N0} worlds explored: {Processes:N0} processes from {States:N0} states, of which {Runs:N0} differ in what a process can see";
}
