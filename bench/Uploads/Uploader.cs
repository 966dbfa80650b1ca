using System;
using MediaMagic.Client;
using MediaMagic.Transfer;

namespace MediaMagic.Bench.Uploads;

/// <summary>The client under test.</summary>
internal static class Uploader
{
    public static string Key { get; } = "sk_test_" + new string('a', 64);

    public static MediaMagicClient Connect(string baseUri, string? key = null) => new(key ?? Key, new MediaMagicClientOptions { BaseUri = new Uri(baseUri) });

    public static Upload Send(MediaMagicClient client, string path, UploadMethod method = UploadMethod.Auto) =>
        client.Files.UploadAsync(new UploadRequest { Path = path, ContentType = "video/mp4", Method = method }).GetAwaiter().GetResult();
}
