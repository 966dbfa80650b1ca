using System;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using MediaMagic.Errors;
using MediaMagic.Tests.Errors;
using Xunit;

namespace MediaMagic.Tests.Fuzz;

/// <summary>The reader of storage's XML: no bomb goes off, nothing is fetched, nothing takes long.</summary>
public sealed class WrongXmlTests
{
    private const string Error = "<Error><Code>AuthenticationFailed</Code><Message>Refused.</Message></Error>";

    private static readonly string[] s_bombs =
    [
        "<!DOCTYPE e [<!ENTITY a0 \"lol\">" + string.Concat(Enumerable.Range(1, 12).Select(static n => $"<!ENTITY a{n} \"{string.Concat(Enumerable.Repeat($"&a{n - 1};", 10))}\">")) + "]><Error><Code>&a12;</Code></Error>",
        "<!DOCTYPE e [<!ENTITY a \"" + new string('x', 50_000) + "\">]><Error><Code>" + string.Concat(Enumerable.Repeat("&a;", 3000)) + "</Code></Error>",
        "<!DOCTYPE e [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><Error><Code>A</Code><Message>&a;</Message></Error>",
        "<!DOCTYPE e [<!ENTITY % a SYSTEM \"http://127.0.0.1:1/a.dtd\"> %a;]>" + Error,
        "<!DOCTYPE Error SYSTEM \"http://127.0.0.1:1/a.dtd\">" + Error,
        "<!DOCTYPE Error PUBLIC \"-//x\" \"http://127.0.0.1:1/a.dtd\">" + Error,
        "<Error xmlns:xi=\"http://www.w3.org/2001/XInclude\"><Code>A</Code><Message><xi:include href=\"file:///etc/passwd\" parse=\"text\"/></Message></Error>",
        "<?xml-stylesheet href=\"http://127.0.0.1:1/a.xsl\"?>" + Error,
        "<Error " + string.Concat(Enumerable.Range(0, 6000).Select(static n => $"a{n}=\"\" ")) + "><Code>A</Code></Error>",
        "<Error><Code>A</Code>" + string.Concat(Enumerable.Range(0, 20_000).Select(static n => $"<{(char)('a' + (n % 26))}>")),
        "<Error><Code>A</Code><Message>" + string.Concat(Enumerable.Repeat("<![CDATA[x]]>", 4000)) + "</Message></Error>",
        "<Error><Code>" + string.Concat(Enumerable.Repeat("&#x41;", 10_000)) + "</Code></Error>",
    ];

    [Fact]
    public async Task No_bomb_goes_off()
    {
        foreach (string body in s_bombs)
        {
            ApiError error = await Task.Run(() => Errors.Answers.Read(403, body, Errors.Answers.At(ApiEndpoint.Storage))).WaitAsync(TimeSpan.FromMinutes(2));
            Assert.InRange(error.Message.Length, 1, 4000);
            Assert.All(Canary.Texts(error, 0), static text => Assert.InRange(text.Length, 0, 64 * 1024));
            Assert.All(Canary.Texts(error, 0), static text => Assert.DoesNotContain("root:", text, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Xml_gone_wrong_is_read_or_left() => Turns.Run(800, static random =>
    {
        string body = Mutation.Of(
            random, "<?xml version=\"1.0\" encoding=\"utf-8\"?>" + Error, random.Of(s_bombs),
            "<", ">", "&", "]]>", "<!--", "-->", "<?", "?>", "<!DOCTYPE", "encoding=\"utf-16\"", "encoding=\"x\"", "xmlns=\"\"", "\0", "&#0;", "&#xD800;", "<Error>");
        (string, string)[] headers = random.Next(2) == 0 ? [] : [("x-ms-error-code", "InvalidMd5")];
        ApiError error = Errors.Answers.Read(403, Encoding.Latin1.GetBytes(body), Errors.Answers.At(ApiEndpoint.Storage), headers);
        Assert.Matches("^[A-Za-z0-9_.-]{1,64}$", error.Code);
    });
}
