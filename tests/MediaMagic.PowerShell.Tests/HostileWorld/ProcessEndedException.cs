using System;

namespace MediaMagic.Tests.HostileWorld;

/// <summary>The process is gone. Nothing catches that in a real one.</summary>
#pragma warning disable CA1032, CA1064 // Only the world throws it.
internal sealed class ProcessEndedException() : Exception("The process ended.");
