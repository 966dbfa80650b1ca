using System;
using Xunit;

namespace MediaMagic.Tests.Files;

/// <summary>A test of what only Unix has; skipped, and counted as such, elsewhere.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute(bool linuxOnly = false)
    {
        if (OperatingSystem.IsWindows() || (linuxOnly && !OperatingSystem.IsLinux()))
        {
            Skip = linuxOnly ? "Needs Linux." : "Needs Unix.";
        }
    }
}
