using System;
using System.Linq;
using System.Text;
using MediaMagic.Errors;
using Xunit;

namespace MediaMagic.Tests.Errors;

/// <summary>Bodies that no system would send on purpose.</summary>
public class UnreadableBodyTests
{
    [Theory]
    [InlineData("<!DOCTYPE html><html><head><title>502 Bad\n Gateway</title></head><body><h1>no</h1></body></html>", "502 Bad Gateway")]
    [InlineData("<html><head><style>p{}</style></head><body><script>alert('x')</script><p>Sorry,&nbsp;we &amp; you</p></body></html>", "Sorry, we & you")]
    [InlineData("<html><body><p>unfinished <b>page", "unfinished page")]
    [InlineData("<html><title></title><script>never closed", "")]
    [InlineData("<title>&#27;[31mred&#x1b;]0;x&#7;</title>", "red]0;x")]
    [InlineData("<?xml version='1.0'?><problem><text>odd</text></problem>", "odd")]
    public void Pages(string body, string detail)
    {
        ApiError error = Answers.Read(502, body, null, ("Content-Type", "text/html"));
        Assert.Equal((ErrorSystem.Unknown, "ServerError"), (error.System, error.Code));
        Assert.Equal(detail, error.Detail ?? "");
        Assert.Equal("The service failed behind its gateway.", error.Message);
    }

    [Fact]
    public void Plain_text_is_quoted_on_one_short_line()
    {
        ApiError error = Answers.Read(503, "upstream connect error\r\n\tor disconnect " + new string('x', 5000));
        Assert.StartsWith("upstream connect error or disconnect xxx", error.Detail, StringComparison.Ordinal);
        Assert.Equal(200, error.Detail!.Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   \r\n ")]
    public void Empty(string body)
    {
        ApiError error = Answers.Read(401, body);
        Assert.Null(error.Detail);
        Assert.Equal((ErrorSystem.Unknown, "Unauthorized", "The API key was not accepted."), (error.System, error.Code, error.Message));
        Assert.Equal("401 Unauthorized: The API key was not accepted.", error.ToString());
    }

    [Fact]
    public void Every_truncation_of_every_vector_rests_on_the_status()
    {
        foreach (string vector in (string[])["domain-409", "erynoa-422", "reten-400", "plan-gate-402", "rate-limit-429"])
        {
            byte[] body = Encoding.UTF8.GetBytes(Vectors.Read(vector).TrimEnd());
            for (int length = 1; length < body.Length; length++)
            {
                ApiError error = Answers.Read(409, body[..length], Answers.At(ApiEndpoint.Other));
                Assert.Equal((ErrorSystem.Unknown, "Conflict"), (error.System, error.Code));
                Assert.InRange(error.Detail!.Length, 1, 200);
            }
        }
    }

    [Fact]
    public void Nested_10000_deep()
    {
        string deep = "{\"detail\":" + new string('[', 10_000) + new string(']', 10_000) + "}";
        ApiError error = Answers.Read(400, deep);
        Assert.Equal((ErrorSystem.Unknown, "BadRequest"), (error.System, error.Code));
        Assert.Equal(200, error.Detail!.Length);
        Assert.Equal("BadRequest", Answers.Read(400, string.Concat(Enumerable.Repeat("<a>", 10_000))).Code);
        Assert.Equal("BadRequest", Answers.Read(400, string.Concat(Enumerable.Repeat("{\"error\":", 10_000))).Code);
    }

    [Theory]
    [InlineData("\"", "a\\u00e4\\\"\\\\")]
    [InlineData("[", "1,true,null,")]
    [InlineData("[", "{\"a\":\"b\",\"c\":[]},")]
    [InlineData("{\"a\":[[\"", "x\",\"")]
    [InlineData("", " \"")]
    public void What_came_before_our_cut_is_read(string start, string part)
    {
        foreach (int more in Enumerable.Range(0, part.Length + 4))
        {
            string body = "{\"detail\":\"Asset already submitted\"," + new string(' ', more) + "\"more\":" + start;
            body += string.Concat(Enumerable.Repeat(part, 40_000 / part.Length * 2));
            ApiError error = Answers.Read(409, body, Answers.At(ApiEndpoint.Other));
            Assert.Equal((ErrorSystem.MediaMagic, "AssetAlreadySubmitted"), (error.System, error.Code));
        }
    }

    [Fact]
    public void A_detail_that_we_cut_is_read_as_far_as_it_goes()
    {
        ApiError error = Answers.Read(409, "{\"detail\":\"Asset already submitted " + new string('ä', 100_000) + "\"}");
        Assert.Equal("AssetAlreadySubmitted", error.Code);
        Assert.Equal(4000, error.Detail!.Length);
        Assert.InRange(error.RawBody!.Length, 30_000, 64 * 1024);
        Assert.DoesNotContain('\uFFFD', error.RawBody);
    }

    [Theory]
    [InlineData("\\u00e4")]
    [InlineData("\\\"\\n")]
    public void A_detail_that_we_cut_inside_an_escape_is_read_too(string escapes)
    {
        foreach (int more in Enumerable.Range(1, 8))
        {
            string detail = "Asset already submitted" + new string(' ', more) + string.Concat(Enumerable.Repeat(escapes, 20_000));
            ApiError error = Answers.Read(409, "{\"detail\":\"" + detail + "\"}", Answers.At(ApiEndpoint.Other));
            Assert.Equal((ErrorSystem.MediaMagic, "AssetAlreadySubmitted"), (error.System, error.Code));
        }
    }

    [Fact]
    public void Huge_body_costs_no_more_than_a_large_one()
    {
        byte[] body = Encoding.ASCII.GetBytes(new string('x', 50_000_000));
        long before = GC.GetAllocatedBytesForCurrentThread();
        ApiError error = Answers.Read(500, body);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4_000_000);
        Assert.Equal(64 * 1024, error.RawBody!.Length);
    }

    [Fact]
    public void Nothing_steers_a_terminal()
    {
        ApiError error = Answers.Read(422, """
            {"detail":"a\u001b[31mred\u0000\u0007\u009b2Jb\r\nc\u202ed\u2028e","request_id":"\u001b]0;t\u0007r","docs_url":"https://x.example/\u001b[0m",
             "fields":[{"field":"\u001b[1mf","message":"\u0008m","code":"\u007fc"}],"more":{"\u001b[5mk":"\u001bv"}}
            """, null, ("x", "y"));
        Assert.Equal("aredb cde", error.Detail);
        Assert.Equal("]0;tr", error.RequestId);
        Assert.Equal("https://x.example/", error.DocsUrl);
        Assert.Equal(("f", "m", "c"), (error.Fields[0].Field, error.Fields[0].Message, error.Fields[0].Code));
        Assert.Equal("k", Assert.Single((System.Collections.Generic.Dictionary<string, object?>)error.AdditionalProperties["more"]!).Key);
        Assert.Equal("red", Answers.Read(500, "\u001b[31mred\u0007").RawBody);
    }

    [Fact]
    public void Nothing_known_and_nothing_given()
    {
        ApiError error = ErrorReader.Read(500, null!, (string?)null, null!);
        Assert.Equal((500, "ServerError"), (error.StatusCode!.Value, error.Code));
        Assert.Null(error.RawBody);
        ErrorReader.Read(500, [new(null!, null!), new("a", null!)], [], new ErrorContext { Redactor = null! });
    }
}
