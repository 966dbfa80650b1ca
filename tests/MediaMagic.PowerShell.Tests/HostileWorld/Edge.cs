namespace MediaMagic.Tests.HostileWorld;

/// <summary>A process of a world, from one state to the next.</summary>
/// <param name="Seen">What can be known of it afterwards.</param>
/// <param name="IsUnknown">Whether the user was told that the outcome is unknown.</param>
/// <param name="IsAccepted">Whether the service has accepted the file.</param>
/// <param name="IsDropped">Whether it was dropped.</param>
/// <param name="Attempts">How many attempts the world has decided so far.</param>
/// <param name="Next">The state that it leaves; null where the world ends.</param>
internal sealed record Edge(string Seen, bool IsUnknown, bool IsAccepted, bool IsDropped, int Attempts, Node? Next);
