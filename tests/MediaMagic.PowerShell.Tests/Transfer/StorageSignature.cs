using System;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace MediaMagic.Tests.Transfer;

/// <summary>Signs addresses as Azure documents it, with the account that every emulator has.</summary>
internal static class StorageSignature
{
    private const string Account = "devstoreaccount1";
    private const string Version = "2019-12-12";

    // Published by Microsoft for all emulators; it opens nothing else.
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    /// <summary>An address for one blob.</summary>
    public static Uri SignBlob(Uri root, string container, string blob, string permissions, TimeSpan life)
    {
        string expiry = Time(DateTimeOffset.UtcNow + life);
        string[] fields = [permissions, string.Empty, expiry, $"/blob/{Account}/{container}/{blob}", "", "", "", Version, "b", "", "", "", "", "", ""];
        string query = $"sv={Version}&se={Uri.EscapeDataString(expiry)}&sr=b&sp={permissions}&sig={Sign(string.Join('\n', fields))}";
        return new Uri($"{root}{Account}/{container}/{string.Join('/', blob.Split('/').Select(Uri.EscapeDataString))}?{query}");
    }

    /// <summary>An address that creates the container.</summary>
    public static Uri SignAccount(Uri root, string container)
    {
        string expiry = Time(DateTimeOffset.UtcNow.AddHours(1));
        string[] fields = [Account, "c", "b", "c", "", expiry, "", "", Version, ""];
        string query = $"sv={Version}&se={Uri.EscapeDataString(expiry)}&ss=b&srt=c&sp=c&sig={Sign(string.Join('\n', fields))}";
        return new Uri($"{root}{Account}/{container}?restype=container&{query}");
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Sign(string text) =>
        Uri.EscapeDataString(Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(Key), Encoding.UTF8.GetBytes(text))));
}
