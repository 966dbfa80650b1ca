using System;
using System.Linq;
using System.Reflection;
using System.Text.Json;
using MediaMagic.Tests.Errors;
using Xunit;

namespace MediaMagic.Tests.Model;

/// <summary>Keys are checked, compared, and never shown.</summary>
public class ApiKeyTests
{
    private const string Rest = "0123456789abcdef0123456789ABCDEF0123456789abcdef0123456789abcdef";

    private static readonly JsonSerializerOptions s_withFields = new() { IncludeFields = true };

    [Theory]
    [InlineData("sk_live_" + Rest, false, "sk_live_…cdef")]
    [InlineData("  sk_live_" + Rest + "\r\n", false, "sk_live_…cdef")]
    [InlineData("sk_test_" + Rest, true, "sk_test_…cdef")]
    [InlineData("sk_test_my-own_key", true, "sk_test_…_key")]
    public void Parses(string text, bool sandbox, string hint)
    {
        ApiKey key = ApiKey.Parse(text);
        Assert.Equal((sandbox, hint, hint), (key.IsSandbox, key.Hint, key.ToString()));
        Assert.Equal(text.Trim(), key.Reveal());
    }

    [Theory]
    [InlineData(null, "empty")]
    [InlineData(" \n", "empty")]
    [InlineData("sk_live_ 0123", "white space")]
    [InlineData("sk_test_a\u0000bcdefgh", "control characters")]
    [InlineData("pk_live_" + Rest, "starts neither")]
    [InlineData("SK_LIVE_" + Rest, "starts neither")]
    [InlineData(Rest, "starts neither")]
    [InlineData("sk_live_", "; 0 characters were found")]
    [InlineData("sk_live_deadbeefdeadbeef", "; 16 characters were found")]
    [InlineData("sk_live_" + Rest + "0", "; 65 characters were found")]
    [InlineData("sk_live_x123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "other characters")]
    [InlineData("sk_test_short77", "; 7 were found")]
    [InlineData("sk_test_with.dot.inside", "other characters")]
    public void Refuses_and_says_why_without_the_key(string? text, string reason)
    {
        ArgumentException problem = Assert.Throws<ArgumentException>(() => ApiKey.Parse(text!));
        Assert.Contains(reason, problem.Message, StringComparison.Ordinal);
        string secret = text?.Trim() ?? string.Empty;
        if (secret.Length > 12)
        {
            Assert.DoesNotContain(secret.Substring(8), problem.ToString(), StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public void Sandbox_keys_end_somewhere()
    {
        Assert.True(ApiKey.Parse("sk_test_" + new string('a', 256)).IsSandbox);
        Assert.Throws<ArgumentException>(() => ApiKey.Parse("sk_test_" + new string('a', 257)));
    }

    [Fact]
    public void Equals_by_value()
    {
        ApiKey one = ApiKey.Parse("sk_test_" + Rest);
        ApiKey same = ApiKey.Parse("sk_test_" + Rest);
        ApiKey other = ApiKey.Parse("sk_test_" + Rest.Replace('0', '1'));
        Assert.True(one.Equals(same) && one.Equals((object)same) && one.GetHashCode() == same.GetHashCode());
        Assert.False(one.Equals(other) || one.Equals(null) || one.Equals("sk_test_" + Rest) || one.Equals(ApiKey.Parse("sk_live_" + Rest)));
    }

    [Fact]
    public void Nothing_public_yields_the_secret()
    {
        object[] guards = [ApiKey.Parse("sk_live_" + Rest), new SecretText("whsec_" + Rest)];
        foreach (object guard in guards)
        {
            Canary.AssertAbsent(Rest, JsonSerializer.Serialize(guard, guard.GetType(), s_withFields));
            Canary.AssertAbsent(Rest, guard);
            Assert.Empty(guard.GetType().GetFields());
            Assert.All(
                guard.GetType().GetMethods().Where(static method => method.GetParameters().Length == 0 && !method.IsStatic),
                method => Assert.DoesNotContain(Rest, method.Invoke(guard, null)?.ToString() ?? "", StringComparison.Ordinal));
            Assert.True(guard.GetType().GetMethod("Reveal", BindingFlags.NonPublic | BindingFlags.Instance)!.IsAssembly);
        }
    }

    [Fact]
    public void Secret_text_equals_by_value_and_reveals_itself_only_when_asked()
    {
        SecretText secret = new("whsec_" + Rest);
        Assert.True(secret.Equals(new SecretText("whsec_" + Rest)));
        Assert.False(secret.Equals(new SecretText("whsec_")) || secret.Equals(null));
        Assert.Equal("***", secret.ToString());
        Assert.Equal("whsec_" + Rest, secret.Reveal());
        Assert.Throws<ArgumentNullException>(static () => new SecretText(null!));
    }
}
