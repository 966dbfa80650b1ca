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
                new Side("MediaMagic", () => Uploader.Send(client, path), ProcessorTime.OfThisProcess),
                new Side("curl -T", () => Child.Run("curl", "-s", "-f", "-T", path, $"http://127.0.0.1:{port}/blob"), ProcessorTime.OfEndedChildren));
        }
        finally
        {
            Child.End(sink);
        }
    }
}
