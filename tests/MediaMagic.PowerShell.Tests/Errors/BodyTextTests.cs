using System.Collections.Generic;
using System.Linq;
using System.Text;
using Xunit;

namespace MediaMagic.Tests.Errors;

/// <summary>Bodies in the encodings that are met.</summary>
public class BodyTextTests
{
    private const string Body = """{"detail":"Ungültig: 日本 🎬"}""";

    private static readonly byte[] s_latin = Encoding.Latin1.GetBytes("""{"detail":"Ungültig"}""");

    public static TheoryData<string, byte[]> Encodings => new()
    {
        { "UTF-8", Encoding.UTF8.GetBytes(Body) },
        { "UTF-8 with its mark", [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Body)] },
        { "UTF-16 with its mark", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Body)] },
        { "UTF-16 backwards with its mark", [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(Body)] },
        { "UTF-16", Encoding.Unicode.GetBytes(Body) },
        { "UTF-16 backwards", Encoding.BigEndianUnicode.GetBytes(Body) },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Is_read(string name, byte[] body)
    {
        ApiError error = Answers.Read(400, body);
        Assert.Equal("Ungültig: 日本 🎬", error.Detail);
        Assert.Equal(Body, error.RawBody);
        Assert.NotEmpty(name);
    }

    [Fact]
    public void Latin_1_is_read_when_declared() =>
        Assert.Equal("Ungültig", Answers.Read(400, s_latin, null, ("content-type", "application/json; charset=ISO-8859-1")).Detail);

    [Fact]
    public void Invalid_UTF_8_is_replaced() =>
        Assert.Equal("a\uFFFDb", Answers.Read(400, (byte[])[.. "{\"detail\":\"a"u8, 0xC3, .. "b\"}"u8]).Detail);

    [Fact]
    public void Every_single_and_double_byte_is_survived()
    {
        IEnumerable<byte[]> bodies = Enumerable.Range(0, 65536).Select(static n => (byte[])[(byte)(n >> 8), (byte)n]);
        Assert.All(bodies, static body => Assert.Equal("ServerError", Answers.Read(500, body).Code));
        Assert.All(Enumerable.Range(0, 256), static n => Assert.Equal("ServerError", Answers.Read(500, (byte[])[(byte)n]).Code));
    }
}
