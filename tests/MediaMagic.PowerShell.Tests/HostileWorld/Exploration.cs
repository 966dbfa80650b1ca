namespace MediaMagic.Tests.HostileWorld;

/// <summary>What an exploration found.</summary>
/// <param name="Worlds">How many worlds there are.</param>
/// <param name="States">How many states differ.</param>
/// <param name="Runs">How many processes ran.</param>
/// <param name="Problem">What is wrong in one of the worlds; null when nothing is.</param>
internal sealed record Exploration(long Worlds, int States, long Runs, string? Problem)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Worlds:N0} worlds explored: {Runs:N0} processes from {States:N0} states";
}
