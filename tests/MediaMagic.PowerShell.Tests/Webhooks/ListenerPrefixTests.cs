using System;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using MediaMagic.Errors;
using MediaMagic.Webhooks;
using Xunit;

namespace MediaMagic.Tests.Webhooks;

/// <summary>Where one can listen, and what is said where one cannot.</summary>
public sealed class ListenerPrefixTests
{
    [Theory]
    [InlineData("http://127.0.0.1:8787/", 8787, "/", true, "http://127.0.0.1:8787/")]
    [InlineData("http://127.0.0.1:8787", 8787, "/", true, "http://127.0.0.1:8787/")]
    [InlineData("HTTP://LOCALHOST:1/hooks", 1, "/hooks/", true, "http://127.0.0.1:1/hooks/")]
    [InlineData("http://[::1]:8787/a/b/", 8787, "/a/b/", true, "http://[::1]:8787/a/b/")]
    [InlineData("http://+:8787/", 8787, "/", false, "http://0.0.0.0:8787/")]
    [InlineData("http://*:8787", 8787, "/", false, "http://0.0.0.0:8787/")]
    [InlineData("http://192.0.2.1/x", 80, "/x/", false, "http://192.0.2.1:80/x/")]
    public void Is_read(string text, int port, string path, bool isLocal, string address)
    {
        ListenerPrefix prefix = ListenerPrefix.Parse(text);
        Assert.Equal((port, path, isLocal, address), (prefix.Port, prefix.Path, prefix.IsLocal, prefix.At(prefix.Port)));
    }

    [Theory]
    [InlineData("https://127.0.0.1:8787/", "plain http")]
    [InlineData("127.0.0.1:8787", "no address")]
    [InlineData("ftp://127.0.0.1/", "http://")]
    [InlineData("http://example.com/", "IP address")]
    [InlineData("http://me:pass@127.0.0.1/", "nothing else")]
    [InlineData("http://127.0.0.1/?a=b", "nothing else")]
    [InlineData("http://127.0.0.1:99999/", "no address")]
    [InlineData("hooks", "no address")]
    public void Is_refused_with_the_reason(string text, string reason)
    {
        ApiError error = Assert.Throws<MediaMagicException>(() => ListenerPrefix.Parse(text)).Error;
        Assert.Equal(ErrorCode.InvalidPrefix, error.Code);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_busy_port_is_named_and_a_released_one_is_free()
    {
        using TestListener first = new();
        string taken = $"http://127.0.0.1:{first.Listener.Port}/other/";
        ApiError error = Assert.Throws<MediaMagicException>(() => Start(taken)).Error;
        Assert.Equal(ErrorCode.PortInUse, error.Code);
        Assert.Contains(taken, error.Message, StringComparison.Ordinal);
        Assert.Equal("ResourceBusy", ErrorCatalog.CategoryOf(error));
        first.Dispose();
        Start(taken).Dispose();
    }

    [Fact]
    public void An_address_of_another_machine_is_named() => Assert.Equal(
        ErrorCode.InvalidPrefix, Assert.Throws<MediaMagicException>(() => Start("http://192.0.2.1:0/")).Error.Code);

    [Fact]
    public void Localhost_is_listened_on_by_every_address_it_has()
    {
        using WebhookListener listener = Start("http://localhost:0/");
        foreach (IPAddress address in Dns.GetHostAddresses("localhost").Where(IPAddress.IsLoopback))
        {
            using TcpClient client = new(address.AddressFamily);
            client.Connect(address, listener.Port);
            Assert.True(client.Connected);
        }
    }

    private static WebhookListener Start(string prefix) =>
        WebhookListener.Start(ListenerPrefix.Parse(prefix), new DeliveryVerifier([], true, TimeProvider.System), new EventInbox(), static (_, _) => { }, TimeProvider.System);
}
