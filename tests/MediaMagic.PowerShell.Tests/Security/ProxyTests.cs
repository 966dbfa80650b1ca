using System;
using System.Net;
using System.Net.Http;
using System.Threading.Tasks;
using MediaMagic.Client;
using Xunit;

namespace MediaMagic.Tests.Security;

/// <summary>The password of a proxy.</summary>
public sealed class ProxyTests
{
    // The environment may name a proxy with a password, and the framework names the proxy that refuses.
    [Fact]
    public async Task A_password_of_a_proxy_is_not_in_an_error()
    {
        using RawServer proxy = RawServer.Always("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
        using MediaMagicClient client = new(TestClient.SandboxKey, new MediaMagicClientOptions
        {
            BaseUri = new Uri("https://api.test/"),
            MaxAttempts = 1,
            Handler = () => new SocketsHttpHandler { Proxy = new WebProxy($"http://user:secretword@{proxy.BaseUri.Authority}/") },
        });
        MediaMagicException failure = await Assert.ThrowsAsync<MediaMagicException>(() => client.Submissions.GetAsync("s1"));
        Assert.Contains("proxy", failure.Message, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("secretword", failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://user:word@proxy.test:8080")]
    [InlineData("http://token@proxy.test:8080")]
    public void A_proxy_brings_no_password_in_its_address(string proxy)
    {
        ArgumentException refused = Assert.Throws<ArgumentException>(() => TestClient.Of(new Uri("https://api.test/"), change: options => options.Proxy = new Uri(proxy)).Dispose());
        Assert.DoesNotContain("word@", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("token", refused.Message, StringComparison.Ordinal);
    }
}
