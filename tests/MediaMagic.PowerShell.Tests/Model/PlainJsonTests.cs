using System.Collections.Generic;
using System.Text.Json;
using Xunit;

namespace MediaMagic.Tests.Model;

/// <summary>JSON becomes plain values.</summary>
public class PlainJsonTests
{
    [Theory]
    [InlineData("\"text\"", "text")]
    [InlineData("17", 17L)]
    [InlineData("-9223372036854775808", long.MinValue)]
    [InlineData("1.5", 1.5)]
    [InlineData("9223372036854775808", 9223372036854775808d)]
    [InlineData("1e999", "1e999")]
    [InlineData("true", true)]
    [InlineData("false", false)]
    [InlineData("null", null)]
    [InlineData("\"\\ud800\"", "\uFFFD")]
    public void Values(string json, object? expected) => Assert.Equal(expected, Plain(json));

    [Fact]
    public void Objects_and_arrays()
    {
        Dictionary<string, object?> plain = Assert.IsType<Dictionary<string, object?>>(Plain("""{"a":[1,{"b":null}],"A":2,"a2":{},"a":[3]}"""));
        Assert.Equal([3L], Assert.IsType<object?[]>(plain["a"]));
        Assert.Equal(2L, plain["A"]);
        Assert.Empty(Assert.IsType<Dictionary<string, object?>>(plain["a2"]));
    }

    [Fact]
    public void Names_that_are_no_text() =>
        Assert.Equal(1L, Assert.IsType<Dictionary<string, object?>>(Plain("{\"\\udc00\":1}"))["\uFFFD"]);

    private static object? Plain(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return PlainJson.ToPlain(document.RootElement);
    }
}
