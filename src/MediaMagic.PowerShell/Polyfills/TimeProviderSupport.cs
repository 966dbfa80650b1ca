#if NET
using System;
using System.Threading;
using System.Threading.Tasks;

namespace MediaMagic;

/// <summary>A clock's delay under the name that its netstandard2.0 package has for it.</summary>
internal static class TimeProviderSupport
{
    public static Task Delay(this TimeProvider clock, TimeSpan delay, CancellationToken stop) => Task.Delay(delay, clock, stop);
}
#endif
