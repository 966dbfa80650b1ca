using FsCheck.Fluent;
using Xunit;
using Xunit.Sdk;

namespace MediaMagic.Tests;

/// <summary>That a property test that fails says how to repeat it.</summary>
public sealed class PropertyTests
{
    [Fact]
    public void Property_names_its_seed_when_it_fails()
    {
        XunitException failure = Assert.ThrowsAny<XunitException>(() =>
            Property.Check(Gen.Choose(0, 1000), static number => Assert.InRange(number, 0, 900), 1000));
        Assert.Matches(@"^Set MEDIAMAGIC_SEED=\d+,\d+,\d+ to repeat", failure.Message);
    }
}
