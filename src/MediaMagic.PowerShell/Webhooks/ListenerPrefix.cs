using System;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MediaMagic.Errors;

namespace MediaMagic.Webhooks;

/// <summary>Where to listen: the addresses of this machine, the port, and the path that requests must be below.</summary>
internal sealed class ListenerPrefix
{
    // Stands for the marks that are no host in an address.
    private const string Everywhere = "all-addresses";

    private ListenerPrefix(string text, IPAddress[] addresses, int port, string path, bool isLocal)
    {
        Text = text;
        Addresses = addresses;
        Port = port;
        Path = path;
        IsLocal = isLocal;
    }

    /// <summary>The prefix as it was given.</summary>
    public string Text { get; }

    /// <summary>The addresses; all have to be free but those that this machine does not have.</summary>
    public IPAddress[] Addresses { get; }

    /// <summary>The port; 0 takes a free one.</summary>
    public int Port { get; }

    /// <summary>The path, with a slash at its end.</summary>
    public string Path { get; }

    /// <summary>Whether nobody but this machine can reach it.</summary>
    public bool IsLocal { get; }

    /// <summary>Reads a prefix such as http://127.0.0.1:8787/; + and * stand for every address.</summary>
    public static ListenerPrefix Parse(string text)
    {
        string plain = text.Replace("://+", "://" + Everywhere, StringComparison.Ordinal).Replace("://*", "://" + Everywhere, StringComparison.Ordinal);
        if (UriText.Parse(plain) is not Uri address)
        {
            throw Bad(text, "it is no address");
        }

        if (address.Scheme == Uri.UriSchemeHttps)
        {
            throw Bad(text, "the listener speaks plain http; let a reverse proxy or a tunnel in front of it speak https");
        }

        if (address.Scheme != Uri.UriSchemeHttp || address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0)
        {
            throw Bad(text, "it must be http://, a host, a port and a path, and nothing else");
        }

        IPAddress[] addresses = AddressesOf(address.IdnHost) ?? throw Bad(text, "its host must be localhost, an IP address of this machine, or + for all of them");
        string path = address.AbsolutePath.EndsWith('/') ? address.AbsolutePath : address.AbsolutePath + "/";
        return new ListenerPrefix(text, addresses, address.Port, path, Array.TrueForAll(addresses, IPAddress.IsLoopback));
    }

    /// <summary>The address that clients use, once the port is known.</summary>
    public string At(int port)
    {
        string host = Addresses[0].AddressFamily == AddressFamily.InterNetworkV6 ? $"[{Addresses[0]}]" : Addresses[0].ToString();
        return string.Format(CultureInfo.InvariantCulture, "http://{0}:{1}{2}", host, port, Path);
    }

    private static IPAddress[]? AddressesOf(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) ? [IPAddress.Loopback, IPAddress.IPv6Loopback]
        : host == Everywhere ? [IPAddress.Any, IPAddress.IPv6Any]
        : IPAddress.TryParse(host, out IPAddress? address) ? [address]
        : null;

    private static MediaMagicException Bad(string text, string why) => new(LocalErrors.InvalidPrefix(text, why));
}
