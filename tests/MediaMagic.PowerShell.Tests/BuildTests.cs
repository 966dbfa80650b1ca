using System.Linq;
using System.Reflection;
using System.Runtime.Versioning;
using Xunit;

namespace MediaMagic.Tests;

/// <summary>That these tests run on the build they claim to run on.</summary>
public class BuildTests
{
#if STANDARD
    private const string Expected = ".NETStandard,Version=v2.0";
#else
    private const string Expected = ".NETCoreApp,Version=v10.0";
#endif

    [Fact]
    public void Runs_on_the_build_under_test()
    {
        Assembly module = Assembly.Load("MediaMagic.PowerShell");
        Assert.Equal(Expected, module.GetCustomAttributes<TargetFrameworkAttribute>().Single().FrameworkName);
    }
}
