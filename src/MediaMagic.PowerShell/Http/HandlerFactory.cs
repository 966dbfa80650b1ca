using System;
using System.Net;
using System.Net.Http;
#if !NET
using System.Runtime.InteropServices;
using System.Security.Authentication;
#endif

namespace MediaMagic.Http;

/// <summary>Makes the connection pool of a client: no cookies, no redirects, compression accepted.</summary>
internal static class HandlerFactory
{
#if NET
    public static HttpMessageHandler Create(MediaMagicClientOptions options)
    {
        SocketsHttpHandler handler = new()
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate | DecompressionMethods.Brotli,
            PooledConnectionLifetime = TimeSpan.FromMinutes(15),
            ConnectTimeout = options.Timeout,
            MaxResponseHeadersLength = 64,
        };
        if (ProxyRoute.Of(options) is IWebProxy proxy)
        {
            (handler.Proxy, handler.UseProxy) = (proxy, true);
        }

        return handler;
    }
#else
    public static HttpMessageHandler Create(MediaMagicClientOptions options)
    {
        HttpClientHandler handler = new()
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
            MaxConnectionsPerServer = 256,
            MaxResponseHeadersLength = 64,
        };
        if (ProxyRoute.Of(options) is IWebProxy proxy)
        {
            (handler.Proxy, handler.UseProxy) = (proxy, true);
        }

        SetProtocols(RuntimeInformation.FrameworkDescription, ServicePointManager.SecurityProtocol, protocols => handler.SslProtocols = protocols);
        return handler;
    }

    /// <summary>Requires TLS 1.2 where .NET Framework would otherwise offer a fixed list of older versions; other modules keep that list.</summary>
    internal static void SetProtocols(string runtime, SecurityProtocolType shared, Action<SslProtocols> set)
    {
        const SslProtocols Tls13 = (SslProtocols)12288;
        if (!runtime.StartsWith(".NET Framework", StringComparison.Ordinal) || shared == 0)
        {
            return;
        }

        try
        {
            set(Enum.IsDefined(typeof(SslProtocols), Tls13) ? SslProtocols.Tls12 | Tls13 : SslProtocols.Tls12);
        }
        catch (Exception unknown) when (unknown is NotSupportedException or ArgumentException)
        {
            // This version of .NET Framework has a name for TLS 1.3 at most.
            set(SslProtocols.Tls12);
        }
    }
#endif
}
