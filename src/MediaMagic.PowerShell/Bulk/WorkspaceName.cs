using System;
using System.Security.Cryptography;
using System.Text;
using MediaMagic.Client;

namespace MediaMagic.Bulk;

/// <summary>
/// What a ledger calls the owner of a file: the service, the environment and the key's hint, with so much of the key's hash as tells two
/// keys of one hint apart, and too little to find a key by.
/// </summary>
internal static class WorkspaceName
{
    private const int HashLength = 6;

    public static string Of(MediaMagicClient client)
    {
        string hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes("mediamagic ledger\n" + client.Sender.Key.Reveal())));
        return $"{client.BaseUri.GetLeftPart(UriPartial.Path)} {client.KeyHint} {hash.Substring(0, HashLength).ToLowerInvariant()}";
    }
}
