using System;
using System.Diagnostics;
using MediaMagic.Client;

namespace MediaMagic.Bench.Uploads;

/// <summary>A large file to a sink, beside curl.</summary>
internal static class CurlBench
{
    public static void Run(long length, int rounds)
    {
        using Files files = new();
        string path = files.Random("large.mp4", length);
        (Process sink, string port) = Child.StartSelf("sink");
        using MediaMagicClient client = Uploader.Connect($"http://127.0.0.1:{port}/");
        try
        {
            Timing.Compare(
                $"{length >> 20} MiB to a sink",
                length,
                rounds,
                ("MediaMagic", () => Uploader.Send(client, path)),
                ("curl -T", () => Child.Run("curl", "-s", "-f", "-T", path, $"http://127.0.0.1:{port}/blob")));
            Timing.Compare(
                "The same, with an MD5 on both sides",
                length,
                rounds,
                ("MediaMagic", () => Uploader.Send(client, path)),
                ("openssl md5, then curl -T", () => SendWithMd5(path, port)));
        }
        finally
        {
            Child.End(sink);
        }
    }

    private static void SendWithMd5(string path, string port)
    {
        string md5 = Child.Run("openssl", "dgst", "-md5", "-r", path)[..32];
        string header = "Content-MD5: " + Convert.ToBase64String(Convert.FromHexString(md5));
        Child.Run("curl", "-s", "-f", "-T", path, "-H", header, $"http://127.0.0.1:{port}/blob");
    }
}
