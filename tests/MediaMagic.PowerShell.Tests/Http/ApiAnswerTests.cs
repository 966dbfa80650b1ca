using System;
using System.Linq;
using System.Text;
using MediaMagic.Errors;
using MediaMagic.Http;
using Xunit;

namespace MediaMagic.Tests.Http;

/// <summary>A success is shown without the key, and only one that may hold the key is searched.</summary>
public sealed class ApiAnswerTests
{
    private const string Rest = "4f1c2b3a9d8e7f60514f1c2b3a9d8e7f60514f1c2b3a9d8e7f60514f1c2b3a9d";
    private const string Key = "sk_live_" + Rest;
    private readonly Redactor _redactor = new();

    public ApiAnswerTests() => _redactor.Add(Key);

    [Theory]
    [InlineData("")]
    [InlineData("{\"a\": \"R&D at 100 %, \\\"quoted\\\" and\\nwrapped\"}")]
    [InlineData("{\"url\": \"https:\\/\\/host\\/a?b=c&d=e\", \"id\": \"4f1c2b3a\"}")]
    [InlineData("Gr\u00fc\u00dfe, 4f1c 2b3a")]
    public void Body_that_cannot_hold_the_key_is_not_searched(string body)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(body);
        Assert.False(_redactor.MayHold(bytes));
        ApiAnswer answer = Answer(bytes);
        Assert.Same(answer, answer.Without(_redactor));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("\r\n")]
    [InlineData("\\n")]
    [InlineData("\\r\\n")]
    [InlineData("\u00ad")]
    [InlineData("\u200b")]
    [InlineData("\\u00ad")]
    [InlineData("%0A")]
    [InlineData("&#8203;")]
    [InlineData("\u001b[0m")]
    [InlineData("\\u001b[0m")]
    public void Body_that_holds_the_key_is_shown_without_it(string gap)
    {
        foreach (string form in (string[])[Key, Rest, Rest.ToUpperInvariant(), Convert.ToBase64String(Encoding.UTF8.GetBytes("user:" + Key))])
        {
            string broken = string.Join(gap, form.Chunk(19).Select(static part => new string(part)));
            ApiAnswer clean = Answer(Encoding.UTF8.GetBytes($$"""{"a": "{{broken}}", "b": 1}""")).Without(_redactor);
            string text = Encoding.UTF8.GetString(clean.Body.AsSpan());
            Assert.Contains("***", text, StringComparison.Ordinal);
            Assert.DoesNotContain(form[20..36], text, StringComparison.Ordinal);
            Assert.EndsWith("\", \"b\": 1}", text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("\\u0073k_live_")]
    [InlineData("%73k_live_")]
    [InlineData("&#115;k_live_")]
    [InlineData("\\\\u0073k_live_")]
    public void Escape_that_may_stand_for_a_letter_of_the_key_is_searched(string prefix) => Assert.True(_redactor.MayHold(Encoding.UTF8.GetBytes(prefix)));

    private static ApiAnswer Answer(byte[] body) => new(200, [], new ArraySegment<byte>(body));
}
