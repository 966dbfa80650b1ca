using System;
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
        SetProxy(options, proxy => (handler.Proxy, handler.UseProxy) = (proxy, true));
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
        SetProxy(options, proxy => (handler.Proxy, handler.UseProxy) = (proxy, true));
        return handler;
    }
#endif

    private static void SetProxy(MediaMagicClientOptions options, Action<IWebProxy> set)
    {
        if (options.Proxy is not null)
        {
            set(new WebProxy(options.Proxy) { Credentials = options.ProxyCredential });
        }
    }
}
