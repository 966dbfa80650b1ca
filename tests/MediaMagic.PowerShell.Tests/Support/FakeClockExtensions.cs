using System;
using System.Threading.Tasks;
using Xunit;

namespace MediaMagic.Tests;

/// <summary>Failures of the client on a fake clock.</summary>
public static class FakeClockExtensions
{
    /// <summary>Runs the work to its end and returns the exception that it fails with.</summary>
    public static MediaMagicException Fails<T>(this FakeClock clock, Func<Task<T>> work) =>
        Assert.Throws<MediaMagicException>(() => { clock.Run(work); });
}
