using System;
using System.IO;
using Xunit;

namespace MediaMagic.Tests.Transfer;

/// <summary>A test that needs the storage emulator: skipped where it is not installed, except in CI, where its absence is a failure.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AzuriteFactAttribute : FactAttribute
{
    public AzuriteFactAttribute()
    {
        if (!File.Exists(Azurite.Script) && Environment.GetEnvironmentVariable("MEDIAMAGIC_REQUIRE_PARTS") != "true")
        {
            Skip = "The storage emulator is not installed: run npm ci in tests/azurite.";
        }
    }
}
