using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using MediaMagic.Bulk;
using MediaMagic.Client;
using MediaMagic.Files;
using MediaMagic.Transfer;

namespace MediaMagic.DesktopSmoke;

/// <summary>The main job and its usual errors, against a running simulator.</summary>
internal sealed class Steps(Uri service, string key, string folder)
{
    private Submission? _submission;

    public static async Task RunAsync(Report report, Uri service, string key, string folder)
    {
        Steps steps = new(service, key, folder);
        string log = Path.Combine(folder, "requests.log");
        string small = steps.Write("small.txt");
        string large = steps.Write("large.txt");
        using (MediaMagicClient client = new(key, steps.Options(log)))
        {
            await report.RunAsync("connect", async () => $"{(await client.Webhooks.ListAsync().ConfigureAwait(false)).Count} subscriptions").ConfigureAwait(false);
            await report.RunAsync("check", () => Task.FromResult(Check(small))).ConfigureAwait(false);
            Upload? direct = null;
            Upload? presigned = null;
            await report.RunAsync("direct upload", async () => (direct = await UploadAsync(client, small, UploadMethod.Direct).ConfigureAwait(false)).Method!).ConfigureAwait(false);
            await report.RunAsync("presigned upload", async () => (presigned = await UploadAsync(client, large, UploadMethod.Presigned).ConfigureAwait(false)).Method!).ConfigureAwait(false);
            await report.RunAsync("submit", () => steps.SubmitAsync(client, direct!, presigned!)).ConfigureAwait(false);
            await report.RunAsync("wait", () => steps.WaitAsync(client)).ConfigureAwait(false);
            await report.RunAsync("issues", () => steps.IssuesAsync(client)).ConfigureAwait(false);
            await report.RunAsync("404", () => FailAsync(client, 404)).ConfigureAwait(false);
            await report.RunAsync("ledger", () => steps.LedgerAsync(client)).ConfigureAwait(false);
        }

        await report.RunAsync("401", steps.UnauthorizedAsync).ConfigureAwait(false);
        await report.RunAsync("refused connection", steps.RefusedAsync).ConfigureAwait(false);
        await report.RunAsync("log", () => Task.FromResult(Log(log, key))).ConfigureAwait(false);
    }

    private static string Check(string path)
    {
        FileCheck check = new FileChecker().Check(path);
        return check.IsValid ? check.ContentType! : throw new InvalidOperationException(check.ToString());
    }

    private static async Task<Upload> UploadAsync(MediaMagicClient client, string path, UploadMethod method)
    {
        Upload upload = await client.Files.UploadAsync(new UploadRequest { Path = path, ContentType = "text/plain", Method = method }).ConfigureAwait(false);
        return string.IsNullOrEmpty(upload.BlobPath) ? throw new InvalidOperationException("The upload has no blob path.") : upload;
    }

    private static async Task<string> FailAsync(MediaMagicClient client, int? status)
    {
        try
        {
            await client.Submissions.GetAsync(Guid.NewGuid().ToString()).ConfigureAwait(false);
        }
        catch (MediaMagicException failure) when (failure.Error.StatusCode == status)
        {
            return failure.Error.Code;
        }

        throw new InvalidOperationException("The call succeeded.");
    }

    private static string Log(string path, string key)
    {
        string[] lines = File.ReadAllLines(path);
        return lines.Length > 5 && lines.All(line => line.StartsWith("{", StringComparison.Ordinal) && !line.Contains(key))
            ? "as expected"
            : throw new InvalidOperationException($"{lines.Length} lines, or a line that is not an object or has the key.");
    }

    private MediaMagicClientOptions Options(string? log = null) =>
        new() { BaseUri = service, LogPath = log, MaxAttempts = 2, RetryBaseDelay = TimeSpan.Zero };

    private string Write(string name)
    {
        string path = Path.Combine(folder, name);
        File.WriteAllText(path, $"Read by people. {Guid.NewGuid()}\n");
        return path;
    }

    private async Task<string> SubmitAsync(MediaMagicClient client, params Upload[] uploads)
    {
        _submission = await client.Submissions.CreateAsync(new NewSubmission([.. uploads.Select(upload => upload.BlobPath!)])).ConfigureAwait(false);
        return string.IsNullOrEmpty(_submission.SubmissionId) ? throw new InvalidOperationException("The submission has no id.") : $"{uploads.Length} files";
    }

    // The simulator needs no time for an analysis, so that a few looks are enough.
    private async Task<string> WaitAsync(MediaMagicClient client)
    {
        for (int look = 0; look < 1000; look++)
        {
            _submission = await client.Submissions.GetAsync(_submission!.SubmissionId!).ConfigureAwait(false);
            if (SubmissionStatus.IsFinal(_submission.Status))
            {
                return _submission.Status!;
            }
        }

        throw new InvalidOperationException($"The submission is still '{_submission!.Status}'.");
    }

    private async Task<string> IssuesAsync(MediaMagicClient client)
    {
        List<Issue> issues = await client.Assets.GetIssuesAsync(_submission!.SubmissionId!, _submission.Assets[0].AssetId!).ConfigureAwait(false);
        return issues.Count > 0 ? $"{issues.Count} issues" : throw new InvalidOperationException("There are no issues.");
    }

    private async Task<string> LedgerAsync(MediaMagicClient client)
    {
        string[] paths = [Write("first.txt"), Write("second.txt")];
        string first = await SubmitAsync(client, paths).ConfigureAwait(false);
        string second = await SubmitAsync(client, paths).ConfigureAwait(false);
        return $"{first}, then {second}";
    }

    private async Task<string> SubmitAsync(MediaMagicClient client, string[] paths)
    {
        ConcurrentQueue<string> states = new();
        BulkOptions options = new() { Ledger = Path.Combine(folder, "ledger.db") };
        using BulkRun run = await BulkRun.StartAsync(client, options, (result, error) => states.Enqueue(error is null ? result.State! : error.Message)).ConfigureAwait(false);
        foreach (string path in paths)
        {
            await run.AddAsync(path).ConfigureAwait(false);
        }

        await run.CompleteAsync().ConfigureAwait(false);
        return string.Join(" ", states.Distinct());
    }

    private async Task<string> UnauthorizedAsync()
    {
        using MediaMagicClient client = new("sk_test_" + Guid.NewGuid().ToString("N"), Options());
        return await FailAsync(client, 401).ConfigureAwait(false);
    }

    private async Task<string> RefusedAsync()
    {
        // The port is this program's, and nothing listens there.
        using Socket held = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        held.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        MediaMagicClientOptions options = Options();
        options.BaseUri = new Uri($"http://127.0.0.1:{((IPEndPoint)held.LocalEndPoint).Port}/");
        using MediaMagicClient client = new(key, options);
        return await FailAsync(client, null).ConfigureAwait(false);
    }
}
