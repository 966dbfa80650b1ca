using System;
using System.Collections.Generic;
using System.Linq;
using MediaMagic.Client;
using MediaMagic.Tests.Errors;
using Xunit;

namespace MediaMagic.Tests.Security;

/// <summary>What -Debug shows of a request and its answer.</summary>
public sealed class DebugTextTests
{
    private const string Rest = "0badc0de7e577e570badc0de7e577e570badc0de7e577e570badc0de7e577e57";

    [Fact]
    public void Nothing_of_an_answer_steers_a_terminal()
    {
        string text = Exchange("{\"submissionId\":\"\u001b[2J\u009b31m\u202e\rspoofed\"}");
        Assert.Contains("spoofed", text, StringComparison.Ordinal);
        Assert.DoesNotContain(text, static c => (char.IsControl(c) && c is not '\n') || c == '\u202e');
    }

    [Theory]
    [InlineData("\u001b[0m")]
    [InlineData("\0")]
    [InlineData("\u200b")]
    [InlineData("\u034f")]
    [InlineData("\ufe0f")]
    [InlineData("\udb40\udc41")]
    public void A_key_broken_by_what_a_terminal_does_not_show_is_masked(string gap)
    {
        string broken = string.Join(gap, Rest.Chunk(5).Select(static part => new string(part)));
        Canary.AssertAbsent(Rest, Exchange($"{{\"submissionId\":\"{broken}\"}}").Replace(gap, string.Empty, StringComparison.Ordinal));
    }

    [Fact]
    public void The_beginning_of_a_key_at_the_cut_is_masked()
    {
        for (int inside = 4; inside < Rest.Length; inside += 7)
        {
            string text = Exchange("{\"submissionId\":\"" + new string('x', (16 * 1024) - 17 - inside) + Rest + new string('y', 100) + "\"}");
            Assert.Contains("bytes)", text, StringComparison.Ordinal);
            Assert.DoesNotContain("0bad", text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("\"secret\": \"0badc0de7e577e\"")]
    [InlineData("'Secret':'0badc0de7e577e'")]
    [InlineData("\\\"secret\\\":\\\"0badc0de7e577e\\\"")]
    public void A_member_that_is_called_secret_is_masked_whatever_its_form(string member) =>
        Assert.DoesNotContain("0badc0de7e577e", Exchange("{\"id\":\"w1\", " + member + "}", "sk_live_" + Rest.Replace("0badc0de", "12345678", StringComparison.Ordinal)), StringComparison.Ordinal);

    private static string Exchange(string body, string key = "sk_live_" + Rest)
    {
        FakeClock clock = new();
        using MediaMagicClient client = TestClient.With(new Answers().Status(404, body), clock, key: key);
        Listener listener = new();
        clock.Fails(() => client.Observed(listener).Submissions.GetAsync("s1"));
        return Assert.Single(listener.Said);
    }

    private sealed class Listener : RequestObserver
    {
        public List<string> Said { get; } = [];

        public override bool WantsExchanges => true;

        public override void OnRequest(RequestRecord record)
        {
        }

        public override void OnExchange(string text) => Said.Add(text);
    }
}
