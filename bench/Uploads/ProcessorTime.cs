using System;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace MediaMagic.Bench.Uploads;

/// <summary>The user and system time of a process.</summary>
internal static class ProcessorTime
{
    private const int ChildrenWaitedFor = -1;

    /// <summary>Reads the time of this process.</summary>
    public static TimeSpan OfThisProcess() => Environment.CpuUsage.TotalTime;

    /// <summary>Reads the time of a process that runs.</summary>
    public static TimeSpan Of(Process process)
    {
        process.Refresh();
        return process.TotalProcessorTime;
    }

    /// <summary>Reads the time of all child processes that have ended.</summary>
    public static TimeSpan OfEndedChildren() => getrusage(ChildrenWaitedFor, out Usage usage) == 0
        ? TimeSpan.FromMicroseconds(((usage.UserSeconds + usage.SystemSeconds) * 1_000_000) + usage.UserMicroseconds + usage.SystemMicroseconds)
        : throw new InvalidOperationException("getrusage failed.");

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int getrusage(int who, out Usage usage);

    // struct rusage on 64-bit Linux: two times, then 14 counters.
    [StructLayout(LayoutKind.Sequential, Size = 18 * sizeof(long))]
    private struct Usage
    {
        public long UserSeconds;
        public long UserMicroseconds;
        public long SystemSeconds;
        public long SystemMicroseconds;
    }
}
