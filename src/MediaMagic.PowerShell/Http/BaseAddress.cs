using System;

namespace MediaMagic;

/// <summary>What may stand as the service's address.</summary>
internal static class BaseAddress
{
    private const string ApiPath = "/api/integrations";

    /// <summary>Refuses an address to which a key must not be sent.</summary>
    public static void Check(Uri? address)
    {
        if (address is not { IsAbsoluteUri: true } || address.Scheme is not ("https" or "http"))
        {
            throw new ArgumentException($"The base address must be absolute and begin with https://, such as {MediaMagicClientOptions.DefaultBaseUri}.");
        }

        if (address.Scheme == "http" && !address.IsLoopback)
        {
            throw new ArgumentException($"The key would travel in clear: plain http is allowed to this machine only, not to '{address.Host}'. Use https.");
        }

        if (address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0)
        {
            throw new ArgumentException("The base address must have no user name, query or fragment.");
        }
    }

    /// <summary>The address that all paths of the API are relative to.</summary>
    public static Uri ApiRoot(Uri address)
    {
        string text = BaseOf(address).AbsoluteUri;
        return new Uri(text.TrimEnd('/') + ApiPath + "/");
    }

    /// <summary>The address without the API's own path and with one slash at the end.</summary>
    public static Uri BaseOf(Uri address)
    {
        string text = address.AbsoluteUri.TrimEnd('/');
        return new Uri((text.EndsWith(ApiPath, StringComparison.OrdinalIgnoreCase) ? text.Substring(0, text.Length - ApiPath.Length) : text) + "/");
    }
}
