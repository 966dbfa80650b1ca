using System;
using System.Diagnostics;
using System.IO;
using System.Net.Http;
using System.Threading;
using MediaMagic.Client;
using MediaMagic.Tests.Transfer;

namespace MediaMagic.Bench.Uploads;

/// <summary>A large file to a real storage emulator, beside the official JavaScript client with its own settings.</summary>
internal static class AzuriteBench
{
    private const string Container = "assets";
    private const string Ready = "Azurite Blob service successfully listens on ";

    public static void Run(long length, int rounds)
    {
        string script = Path.Combine("tests", "azurite", "node_modules", "azurite", "dist", "src", "blob", "main.js");
        string peer = Path.Combine("bench", "azure-js", "upload.js");
        if (!File.Exists(script) || !Directory.Exists(Path.Combine("bench", "azure-js", "node_modules")))
        {
            Console.WriteLine("azurite: run npm ci in tests/azurite and in bench/azure-js first, and this in the repository's folder.");
            return;
        }

        using Files files = new();
        string path = files.Random("large.mp4", length);
        Process azurite = Child.Start("node", [script, "--blobHost", "127.0.0.1", "--blobPort", "0", "--location", files.Folder("azurite"), "--silent", "--skipApiVersionCheck", "--disableTelemetry"]);
        Process node = Child.StartTalking("node", peer, path);
        try
        {
            Uri root = ReadAddress(azurite);
            CreateContainer(root);
            int blob = 0;
            using Sink api = new(() => NewAddress(root, ref blob));
            new Thread(api.Run) { IsBackground = true }.Start();
            using MediaMagicClient client = Uploader.Connect($"http://127.0.0.1:{api.Port}/");
            Child.Expect(node, "ready");
            Timing.Compare(
                $"{length >> 20} MiB to the storage emulator",
                length,
                rounds,
                new Side("MediaMagic", () => Uploader.Send(client, path), ProcessorTime.OfThisProcess),
                new Side(
                    "@azure/storage-blob",
                    () =>
                    {
                        node.StandardInput.WriteLine(NewAddress(root, ref blob));
                        Child.Expect(node, "done");
                    },
                    () => ProcessorTime.Of(node)));
        }
        finally
        {
            Child.End(node);
            Child.End(azurite);
        }
    }

    private static string NewAddress(Uri root, ref int blob) =>
        StorageSignature.SignBlob(root, Container, $"w/{Interlocked.Increment(ref blob)}.mp4", "cw", TimeSpan.FromHours(1)).AbsoluteUri;

    private static Uri ReadAddress(Process azurite)
    {
        while (azurite.StandardOutput.ReadLine() is string line)
        {
            if (line.StartsWith(Ready, StringComparison.Ordinal))
            {
                return new Uri(line[Ready.Length..] + "/");
            }
        }

        throw new InvalidOperationException("The storage emulator ended before it was ready.");
    }

    private static void CreateContainer(Uri root)
    {
        using HttpClient http = new();
        using HttpRequestMessage request = new(HttpMethod.Put, StorageSignature.SignAccount(root, Container));
        using HttpResponseMessage response = http.Send(request);
        response.EnsureSuccessStatusCode();
    }
}
