using MediaMagic.Transfer;
using Xunit;

namespace MediaMagic.Tests.Transfer;

/// <summary>Which names a service might take for one.</summary>
public sealed class FoldedNameTests
{
    [Theory]
    [InlineData("a_b.txt", "a b.txt")]
    [InlineData("a%22b.txt", "a\"b.txt")]
    [InlineData("a%20b.txt", "a b.txt")]
    [InlineData("Clip.MP4", "clip.mp4")]
    [InlineData("\u00DCber.txt", "\u00FCber.txt")]
    [InlineData("\U0001F3AC.mp4", "_.mp4")]
    [InlineData("a+b.txt", "a_b.txt")]
    [InlineData("a/b.txt", "a_b.txt")]
    public void Of_is_equal_when_only_case_escapes_or_unusual_characters_differ(string left, string right) =>
        Assert.Equal(FoldedName.Of(left), FoldedName.Of(right));

    [Theory]
    [InlineData("a_b.txt", "a-b.txt")]
    [InlineData("a.b.txt", "ab.txt")]
    [InlineData("clip1.mp4", "clip2.mp4")]
    [InlineData("a%2522b.txt", "a%22b.txt")]
    public void Of_differs_when_the_names_stay_apart_on_every_service(string left, string right) =>
        Assert.NotEqual(FoldedName.Of(left), FoldedName.Of(right));

    [Theory]
    [InlineData("Summer-2026_v1.MP4", "summer-2026_v1.mp4")]
    [InlineData("a b%2Bc.txt", "a_b_c.txt")]
    [InlineData("abcdefghijklmnopqrstuvwxyz.ABCDEFGHIJKLMNOPQRSTUVWXYZ-0123456789", "abcdefghijklmnopqrstuvwxyz.abcdefghijklmnopqrstuvwxyz-0123456789")]
    [InlineData(",/:@[`{", "_______")]
    public void Of_keeps_letters_digits_dots_and_hyphens(string name, string expected) => Assert.Equal(expected, FoldedName.Of(name));

    [Fact]
    public void Of_returns_one_underscore_for_a_surrogate_pair_and_for_half_of_one()
    {
        Assert.Equal("_.mp4", FoldedName.Of("\uD83C" + ".mp4"));
        Assert.Equal("_.mp4", FoldedName.Of("\uDFAC" + ".mp4"));
        Assert.Equal("a_", FoldedName.Of("a" + "\uD83C"));
        Assert.Equal("__", FoldedName.Of("\uDFAC" + "\uD83C"));
        Assert.Equal("__", FoldedName.Of("\uD83C" + "\U0001F3AC"));
        Assert.Equal("_a_", FoldedName.Of("\U0001F3ACa\U0001F3AC"));
    }

    [Theory]
    [InlineData("Summer-2026_v1.MP4", true)]
    [InlineData("abcdefghijklmnopqrstuvwxyz.ABCDEFGHIJKLMNOPQRSTUVWXYZ-0123456789_", true)]
    [InlineData("", true)]
    [InlineData("a,", false)]
    [InlineData("a/", false)]
    [InlineData("a:", false)]
    [InlineData("a@", false)]
    [InlineData("a[", false)]
    [InlineData("a`", false)]
    [InlineData("a{", false)]
    [InlineData("a b.txt", false)]
    [InlineData("a%20b.txt", false)]
    [InlineData("a\"b.txt", false)]
    [InlineData("\u00FCber.txt", false)]
    [InlineData("\u212A.txt", false)]
    public void IsPlain_is_true_when_every_service_keeps_the_name(string name, bool expected) => Assert.Equal(expected, FoldedName.IsPlain(name));
}
