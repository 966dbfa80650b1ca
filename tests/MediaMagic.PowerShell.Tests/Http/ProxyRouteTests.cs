using System;
using System.Net;
using System.Threading.Tasks;
using MediaMagic.Client;
using MediaMagic.Http;
using Xunit;

namespace MediaMagic.Tests.Http;

/// <summary>The system's proxy, and the errors of connections through a proxy.</summary>
public sealed class ProxyRouteTests
{
    private const string Read = """{"submissionId":"s1","status":"complete"}""";

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    public async Task A_service_on_this_computer_is_reached_without_the_systems_proxy(string host)
    {
        using RawServer server = new(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync(RawServer.Ok(Read));
        });
        UriBuilder address = new(server.BaseUri) { Host = host };
        using MediaMagicClient client = TestClient.Of(address.Uri, change: options => options.SystemProxy = ClosedProxy);
        Assert.Equal("s1", (await client.Submissions.GetAsync("s1")).SubmissionId);
        Assert.StartsWith("GET /api/integrations/submissions/s1", Assert.Single(server.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public void Requests_to_other_computers_go_through_the_systems_proxy()
    {
        MediaMagicClientOptions options = new() { BaseUri = new Uri("http://localhost:3000/"), SystemProxy = ClosedProxy };
        IWebProxy route = ProxyRoute.Of(options)!;
        Uri storage = new("https://account.blob.test/c/b");
        Assert.False(route.IsBypassed(storage));
        Assert.Equal(ClosedProxy().GetProxy(storage), route.GetProxy(storage));
        Assert.True(route.IsBypassed(new Uri("http://[::1]:10000/")));
        Assert.Null(route.GetProxy(new Uri("http://127.8.0.1:10000/")));
    }

    [Fact]
    public void A_handler_keeps_the_systems_proxy_for_a_service_elsewhere() =>
        Assert.Null(ProxyRoute.Of(new MediaMagicClientOptions { SystemProxy = ClosedProxy }));

    [Fact]
    public async Task An_error_names_the_proxy_that_refused_the_connection()
    {
        Uri proxy = new("http://127.0.0.1:1/");
        using MediaMagicClient client = TestClient.Of(new Uri("http://localhost:1/"), change: options => options.Proxy = proxy);
        MediaMagicException failure = await Assert.ThrowsAsync<MediaMagicException>(() => client.Submissions.GetAsync("s1"));
        Assert.Equal(ErrorCode.ConnectionFailed, failure.Error.Code);
        Assert.EndsWith($", through the proxy 'http://{proxy.Authority}'.", failure.Error.Detail, StringComparison.Ordinal);
        Assert.Equal(Delivery.NotSent, failure.Error.Delivery);
    }

    [Fact]
    public void The_name_of_a_proxy_holds_no_credentials()
    {
        MediaMagicClientOptions options = new() { SystemProxy = () => new WebProxy("http://user:word@proxy.test:8080") };
        Assert.Equal("http://proxy.test:8080", ProxyRoute.NameOf(options, options.BaseUri));
    }

    [Fact]
    public void A_request_that_bypasses_the_proxy_names_none()
    {
        MediaMagicClientOptions options = new() { SystemProxy = () => new WebProxy("http://proxy.test:8080", BypassOnLocal: false, [".*azurewebsites.*"]) };
        Assert.Null(ProxyRoute.NameOf(options, options.BaseUri));
    }

    [Fact]
    public void A_proxy_that_throws_has_no_name() =>
        Assert.Null(ProxyRoute.NameOf(new MediaMagicClientOptions { SystemProxy = static () => throw new InvalidOperationException() }, new Uri("https://api.test/")));

    private static WebProxy ClosedProxy() => new("http://127.0.0.1:1");
}
