using System;
using System.Collections.Concurrent;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Client;
using MediaMagic.Transfer;

namespace MediaMagic.Bench.Soak;

/// <summary>What a busy day brings: small and large uploads, submissions, waits, results, errors, callers that stop waiting.</summary>
internal sealed class Traffic(MediaMagicClient client) : IDisposable
{
    private const int Workers = 8;
    private const int LargeLength = 70 * 1024 * 1024;
    private static readonly TimeSpan s_breath = TimeSpan.FromMilliseconds(50);

    private readonly string _folder = Directory.CreateTempSubdirectory("soak-").FullName;
    private readonly ConcurrentDictionary<string, int> _ends = new(StringComparer.Ordinal);
    private int _rounds;

    public string Summary => string.Create(CultureInfo.InvariantCulture, $"{_rounds} rounds; they ended: ")
        + string.Join(", ", _ends.OrderByDescending(static end => end.Value).Select(static end => string.Create(CultureInfo.InvariantCulture, $"{end.Key} {end.Value}")));

    public Task RunAsync(CancellationToken stop) => Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(() => WorkAsync(worker, stop), CancellationToken.None)));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task WorkAsync(int worker, CancellationToken stop)
    {
        Random random = new(worker);
        string large = Path.Combine(_folder, $"large{worker}.txt");
        byte[] text = new byte[worker == 0 ? LargeLength : 1024];
        Array.Fill(text, (byte)'a');
        await File.WriteAllBytesAsync(large, text, stop);

        for (int round = 0; !stop.IsCancellationRequested; round++)
        {
            string end;
            try
            {
                end = await RoundAsync(worker, round, large, random, stop);
                await Task.Delay(s_breath, stop);
            }
            catch (MediaMagicException failure)
            {
                end = failure.Error.Code ?? "error without a code";
            }
            catch (OperationCanceledException)
            {
                end = "stopped";
            }

            _ends.AddOrUpdate(end, 1, static (_, count) => count + 1);
            Interlocked.Increment(ref _rounds);
        }
    }

    private async Task<string> RoundAsync(int worker, int round, string large, Random random, CancellationToken stop)
    {
        using CancellationTokenSource impatient = CancellationTokenSource.CreateLinkedTokenSource(stop);
        if (random.Next(20) == 0)
        {
            impatient.CancelAfter(random.Next(1, 200));
        }

        bool block = worker == 0 && round % 20 == 10;
        string path = block ? large : Path.Combine(_folder, $"{worker}.txt");
        if (!block)
        {
            await File.WriteAllTextAsync(path, $"Read by people. {worker} {round}", impatient.Token);
        }

        string suffix = (round % 5) switch { 0 => "-fail-retryable", 1 => "-fail-permanent", _ => string.Empty };
        Upload upload = await client.Files.UploadAsync(
            new UploadRequest { Path = path, ContentType = "text/plain", FileName = $"{worker}-{round}{suffix}.txt" }, null, impatient.Token);
        Submission submission = await client.Submissions.CreateAsync(new NewSubmission(upload.BlobPath!), impatient.Token);
        while (submission.Status is not (SubmissionStatus.Complete or SubmissionStatus.Failed))
        {
            await Task.Delay(random.Next(100, 300), impatient.Token);
            submission = await client.Submissions.GetAsync(submission.SubmissionId!, impatient.Token);
        }

        foreach (SubmissionAsset asset in submission.Assets!.Where(static asset => asset.AssetId is not null))
        {
            if (submission.Status == SubmissionStatus.Failed && asset.IsRetryable == true)
            {
                await client.Assets.RetryAsync(submission.SubmissionId!, asset.AssetId!, impatient.Token);
            }
            else if (submission.Status == SubmissionStatus.Complete)
            {
                await client.Assets.GetIssuesAsync(submission.SubmissionId!, asset.AssetId!, impatient.Token);
                await client.Assets.GetTopicsAsync(submission.SubmissionId!, asset.AssetId!, impatient.Token);
            }
        }

        return submission.Status!;
    }
}
