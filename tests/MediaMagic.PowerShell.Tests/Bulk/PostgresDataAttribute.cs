using System;
using System.Collections.Generic;
using System.Reflection;
using Xunit.Sdk;

namespace MediaMagic.Tests.Bulk;

/// <summary>Runs the theory on PostgreSQL: skipped where it is not installed, except in CI, where its absence is a failure.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresDataAttribute : DataAttribute
{
    public PostgresDataAttribute()
    {
        if (!PostgresServer.IsInstalled && Environment.GetEnvironmentVariable("MEDIAMAGIC_REQUIRE_PARTS") != "true")
        {
            Skip = "PostgreSQL is not installed (Debian: apt-get install postgresql).";
        }
    }

    // The netstandard2.0 build has no client for it.
#if STANDARD
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [];
#else
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[Engine.Postgres]];
#endif
}
