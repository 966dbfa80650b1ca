#if STANDARD
using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Http;
using System.Security.Authentication;
using MediaMagic.Http;
using Xunit;

namespace MediaMagic.Tests.Http;

/// <summary>The TLS versions that the build for .NET Framework asks for.</summary>
public sealed class DesktopProtocolTests
{
    private const string Framework = ".NET Framework 4.8.9181.0";

    [Theory]
    [InlineData(Framework, "Tls", SslProtocols.Tls12 | SslProtocols.Tls13)]
    [InlineData(Framework, "Tls12", SslProtocols.Tls12 | SslProtocols.Tls13)]
    [InlineData(Framework, "SystemDefault", null)]
    [InlineData(".NET 8.0.22", "Tls", null)]
    [InlineData("Mono 6.8.0.105", "Tls", null)]
    public void SetProtocols_sets_new_versions_where_a_process_has_a_list_of_its_own(string runtime, string shared, SslProtocols? expected)
    {
        SslProtocols? chosen = null;
        HandlerFactory.SetProtocols(runtime, Named(shared), protocols => chosen = protocols);
        Assert.Equal(expected, chosen);
    }

    [Fact]
    public void SetProtocols_sets_TLS_1_2_when_the_handler_rejects_TLS_1_3()
    {
        List<SslProtocols> tried = [];
        HandlerFactory.SetProtocols(Framework, Named("Tls"), protocols =>
        {
            tried.Add(protocols);
            if (protocols != SslProtocols.Tls12)
            {
                throw new NotSupportedException();
            }
        });
        Assert.Equal([SslProtocols.Tls12 | SslProtocols.Tls13, SslProtocols.Tls12], tried);
    }

    [Fact]
    public void Create_leaves_the_versions_to_other_runtimes()
    {
        using HttpMessageHandler handler = HandlerFactory.Create(new MediaMagicClientOptions());
        Assert.Equal(SslProtocols.None, Assert.IsType<HttpClientHandler>(handler).SslProtocols);
    }

    // The old versions are named by text: nothing may offer them, a test no more than the product.
    private static SecurityProtocolType Named(string name) => (SecurityProtocolType)Enum.Parse(typeof(SecurityProtocolType), name);
}
#endif
