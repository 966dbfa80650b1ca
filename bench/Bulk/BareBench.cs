using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace MediaMagic.Bench.Bulk;

/// <summary>A program that only sends the two requests of each file, as the limit of what a client can reach beside the simulator.</summary>
internal static class BareBench
{
    private const int AtOnce = 8;

    public static void Run(int count, int answerMs)
    {
        using Batch batch = new(count);
        using Service service = new(answerMs);
        string[] words = Children.Run(Environment.ProcessPath!, "send", service.Address, service.Key, batch.Files).Split(' ');
        if (service.Submissions != count)
        {
            throw new InvalidOperationException($"{service.Submissions} submissions of {count} files.");
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} files, {AtOnce} at once: {words[0]} s, {words[1]} s of processor time, and {service.ProcessorSeconds:0.0} s in the simulator"));
    }

    /// <summary>Sends a folder and prints seconds and seconds of processor time.</summary>
    public static async Task SendAsync(string address, string key, string folder)
    {
        using HttpClient http = new() { BaseAddress = new Uri(address + "api/integrations/") };
        http.DefaultRequestHeaders.Add("X-API-Key", key);
        long began = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(Directory.EnumerateFiles(folder), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (file, stop) =>
        {
            using ByteArrayContent part = new(await File.ReadAllBytesAsync(file, stop));
            part.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
            using MultipartFormDataContent form = new() { { part, "file", Path.GetFileName(file) } };
            using JsonDocument upload = await PostAsync(http, "uploads/direct", form, stop);
            string body = JsonSerializer.Serialize(new { assets = new[] { new { blobPath = upload.RootElement.GetProperty("blobPath").GetString() } } });
            using StringContent json = new(body, Encoding.UTF8, "application/json");
            using JsonDocument submission = await PostAsync(http, "submissions", json, stop);
        });
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} {Environment.CpuUsage.TotalTime.TotalSeconds:0.0}"));
    }

    private static async Task<JsonDocument> PostAsync(HttpClient http, string path, HttpContent content, CancellationToken stop)
    {
        using HttpResponseMessage answer = await http.PostAsync(new Uri(path, UriKind.Relative), content, stop);
        answer.EnsureSuccessStatusCode();
        return JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(stop));
    }
}
