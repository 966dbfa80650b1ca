using System;
using System.Collections.Generic;
using System.Reflection;
using Xunit.Sdk;

namespace MediaMagic.Tests.Bulk;

/// <summary>Runs the theory on SQLite.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SqliteDataAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[Engine.Sqlite]];
}
