namespace MediaMagic.Tests.HostileWorld;

/// <summary>The outcome of a process.</summary>
/// <param name="Edge">What it means for the worlds that it is part of.</param>
/// <param name="Problem">What is wrong; null when nothing is.</param>
internal sealed record Step(Edge Edge, string? Problem);
