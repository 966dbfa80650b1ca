#if NET
using System;
using System.Threading;
using System.Threading.Tasks;

namespace MediaMagic.Simulator;

/// <summary>A delay on a clock, under the name that the netstandard2.0 package has for it.</summary>
internal static class TimeProviderSupport
{
    public static Task Delay(this TimeProvider clock, TimeSpan delay, CancellationToken stop) => Task.Delay(delay, clock, stop);
}
#endif
