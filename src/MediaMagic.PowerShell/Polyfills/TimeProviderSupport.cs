#if NET
using System;
using System.Threading;
using System.Threading.Tasks;

namespace MediaMagic;

/// <summary>What a clock can do, under the names that its netstandard2.0 package has for it.</summary>
internal static class TimeProviderSupport
{
    public static Task Delay(this TimeProvider clock, TimeSpan delay, CancellationToken stop) => Task.Delay(delay, clock, stop);

    public static CancellationTokenSource CreateCancellationTokenSource(this TimeProvider clock, TimeSpan delay) => new(delay, clock);
}
#endif
