#if NET
using System;
#endif
using System.Net;
using System.Net.Http;

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

        return handler;
    }
#endif
}
