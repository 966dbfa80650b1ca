using System;
using System.Net;

namespace MediaMagic.Http;

/// <summary>The proxy that the requests of a client go through: <c>-Proxy</c>, or the system's proxy, which requests to this computer bypass.</summary>
internal sealed class ProxyRoute : IWebProxy
{
    private readonly IWebProxy _system;

    private ProxyRoute(IWebProxy system) => _system = system;

    /// <inheritdoc/>
    public ICredentials? Credentials
    {
        get => _system.Credentials;
        set => _system.Credentials = value;
    }

    /// <summary>Creates the proxy to set on a handler, or <c>null</c> to leave the choice to the handler, which takes the system's proxy.</summary>
    public static IWebProxy? Of(MediaMagicClientOptions options) =>
        options.Proxy is not null ? new WebProxy(options.Proxy) { Credentials = options.ProxyCredential }

        // A service on this computer, such as the simulator. Handlers of other clients keep the system's proxy as it is, which may name several proxies.
        : options.BaseUri.IsLoopback && options.SystemProxy() is IWebProxy system ? new ProxyRoute(system)
        : null;

    /// <summary>Returns the address of the proxy for a destination, without user name and password, or <c>null</c> if the request goes directly.</summary>
    public static string? NameOf(MediaMagicClientOptions options, Uri destination)
    {
        try
        {
            return (Of(options) ?? options.SystemProxy()) is IWebProxy proxy && !proxy.IsBypassed(destination) && proxy.GetProxy(destination) is Uri address && address != destination
                ? address.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)
                : null;
        }
        catch (Exception)
        {
            // Another's proxy must not hide how the request ended.
            return null;
        }
    }

    /// <inheritdoc/>
    public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : _system.GetProxy(destination);

    /// <inheritdoc/>
    public bool IsBypassed(Uri host) => host.IsLoopback || _system.IsBypassed(host);
}
