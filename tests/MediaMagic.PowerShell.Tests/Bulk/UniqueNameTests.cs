using System.Linq;
using MediaMagic.Bulk;
using Xunit;

namespace MediaMagic.Tests.Bulk;

/// <summary>The names that a file may be uploaded under.</summary>
public sealed class UniqueNameTests
{
    private static readonly string s_hash = string.Concat(Enumerable.Repeat("0123456789abcdef", 4));

    private static readonly string[] s_names =
    [
        "a.b.txt", "a.b-01234567.txt", "a.b-0123456789abcdef.txt", $"a.b-{s_hash}.txt", $"a.b-{s_hash}-2.txt", $"a.b-{s_hash}-3.txt",
    ];

    [Fact]
    public void Of_returns_the_own_name_and_then_more_and_more_of_the_hash() =>
        Assert.Equal(s_names, UniqueName.Of("a.b.txt", s_hash).Take(s_names.Length));

    [Fact]
    public void Of_takes_all_of_a_short_hash() => Assert.Equal(["a", "a-01", "a-01", "a-01", "a-01-2"], UniqueName.Of("a", "01").Take(5));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    public void After_returns_the_names_that_follow(int index) =>
        Assert.Equal(s_names[index + 1], UniqueName.After("a.b.txt", s_hash, s_names[index]).First());
}
