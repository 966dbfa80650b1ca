using System;
using System.Net;
using System.Net.Sockets;

namespace MediaMagic.Transfer;

/// <summary>What may stand as an address to upload to: files must not travel in clear, nor where a service far away could not reach by itself.</summary>
internal static class UploadAddress
{
    /// <summary>What is wrong with an address that the service gave; null when nothing is.</summary>
    public static string? Problem(Uri address, Uri service)
    {
        bool near = IsOfThisMachine(address);
        return address.UserInfo.Length > 0 ? "has a user name in it"
            : near && !service.IsLoopback ? "leads back to this machine or its own network segment"
            : address.Scheme != Uri.UriSchemeHttps && !(address.Scheme == Uri.UriSchemeHttp && address.IsLoopback) ? "is not https"
            : null;
    }

    private static bool IsOfThisMachine(Uri address)
    {
        // A dot at the end changes nothing about where a name leads.
        string host = address.DnsSafeHost.TrimEnd('.');
        return address.IsLoopback
            || string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
            || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host, out IPAddress? ip) && (IPAddress.IsLoopback(ip) || IsLocal(ip.IsIPv4MappedToIPv6 ? ip.MapToIPv4() : ip)));
    }

    // Nowhere in particular, and the networks where clouds keep the credentials of their machines.
    private static bool IsLocal(IPAddress ip)
    {
        byte[] bytes = ip.GetAddressBytes();
        return ip.AddressFamily == AddressFamily.InterNetwork
            ? bytes[0] is 0 or 127 || (bytes[0] == 169 && bytes[1] == 254)
            : ip.IsIPv6LinkLocal || (bytes[0] & 0xFE) == 0xFC || ip.Equals(IPAddress.IPv6Any);
    }
}
