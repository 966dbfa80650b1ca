using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using MediaMagic.Client;
using MediaMagic.Transfer;

namespace MediaMagic.Bench.Uploads;

/// <summary>The most memory that a process of its own takes for an upload, beyond what it has when idle.</summary>
internal static class MemoryBench
{
    private const long Mebi = 1L << 20;

    public static void Run()
    {
        using Files files = new();
        (Process sink, string port) = Child.StartSelf("sink");
        try
        {
            Console.WriteLine("Peak resident memory over idle (one process for each)");
            Print("10 MB, direct", port, files.Random("small.mp4", 10_000_000));
            Print("60 MiB, one PUT", port, files.Random("middle.mp4", 60 * Mebi));
            Print("1 GiB, blocks", port, files.Random("large.mp4", 1024 * Mebi));
            Print("5 GiB sparse, blocks", port, files.Sparse("sparse.mp4", 5 * 1024 * Mebi));
        }
        finally
        {
            Child.End(sink);
        }
    }

    /// <summary>Uploads a tiny file in every way, notes the memory, uploads the file, and prints both peaks.</summary>
    public static async Task ChildAsync(string port, string path)
    {
        using MediaMagicClient client = Uploader.Connect($"http://127.0.0.1:{port}/");
        await client.Uploads.CreateUrlAsync("idle.mp4", "video/mp4");
        await Task.Delay(500);
        long idle = Peak();
        Upload upload = await client.Files.UploadAsync(new UploadRequest { Path = path, ContentType = "video/mp4" });
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"idle {idle / 1024.0:0.0} MiB, peak {Peak() / 1024.0:0.0} MiB, over idle {(Peak() - idle) / 1024.0:0.0} MiB, managed heap {GC.GetGCMemoryInfo().HeapSizeBytes / Mebi} MiB, {upload.BytesPerSecond / 1e6:0} MB/s"));
    }

    // The kernel's own record of the most that was resident, in KiB.
    private static long Peak() => long.Parse(
        File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))[6..^2].Trim(), CultureInfo.InvariantCulture);

    private static void Print(string name, string port, string path) =>
        Console.WriteLine($"  {name,-22} {Child.Run(Environment.ProcessPath!, "upload", port, path)}");
}
