using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using MediaMagic;
using MediaMagic.Client;
using MediaMagic.Files;
using MediaMagic.Simulator;
using MediaMagic.Transfer;

namespace QuickStart;

/// <summary>The whole job against the simulator on this machine: check, upload, submit, wait, read issues, retry what failed.</summary>
internal static class Program
{
    private static async Task<int> Main()
    {
        string folder = Directory.CreateTempSubdirectory("mediamagic-demo-").FullName;
        try
        {
            using SimulatorServer simulator = SimulatorServer.Start(new SimulatorOptions { ProcessingSeconds = 2 });
            using MediaMagicClient client = new(simulator.ApiKey, new MediaMagicClientOptions { BaseUri = simulator.BaseUri });
            Say.Step("Connect");
            Say.Line($"The MediaMagic API, simulated on this machine: {simulator.BaseUri}");
            Say.Line($"Key {client.KeyHint} (sandbox)");

            List<FileCheck> good = Check(DemoFiles.Make(folder));
            List<Upload> uploads = await UploadAsync(client, good);
            Submission submission = await SubmitAsync(client, uploads);
            submission = await WaitAsync(client, submission);
            await ShowIssuesAsync(client, submission);
            submission = await RetryAsync(client, submission);
            Say.Step("Done");
            Say.Line($"Submission {submission.SubmissionId} is {submission.Status}.");
            Say.Line($"{client.Requests} requests, {client.Retries} retries, {client.RateLimited} answered 429.");
            return submission.Status == SubmissionStatus.Complete ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static List<FileCheck> Check(IEnumerable<string> paths)
    {
        Say.Step("Check files before anything is sent");
        FileChecker checker = new();
        List<FileCheck> checks = [.. paths.Select(path => checker.Check(path))];
        foreach (FileCheck check in checks)
        {
            string verdict = check.IsValid ? $"{check.ContentType}, goes {check.UploadMethod}" : check.Problems[0].Message!;
            Say.Item(check.IsValid, $"{check.Name,-24} {check.Length,10:N0} bytes   {verdict}");
        }

        return [.. checks.Where(check => check.IsValid)];
    }

    private static async Task<List<Upload>> UploadAsync(MediaMagicClient client, List<FileCheck> checks)
    {
        Say.Step("Upload");
        List<Upload> uploads = [];
        foreach (FileCheck check in checks)
        {
            Upload upload = await client.Files.UploadAsync(new UploadRequest { Path = check.Path!, ContentType = check.ContentType! });
            uploads.Add(upload);
            Say.Item(true, $"{check.Name,-24} {upload.Duration.TotalMilliseconds,10:N0} ms      {upload.Method}");
        }

        return uploads;
    }

    private static async Task<Submission> SubmitAsync(MediaMagicClient client, List<Upload> uploads)
    {
        Say.Step("Submit");
        Submission submission = await client.Submissions.CreateAsync(new NewSubmission([.. uploads.Select(upload => upload.BlobPath!)]));
        Say.Line($"Submission {submission.SubmissionId} with {submission.Assets.Length} assets");
        return submission;
    }

    private static async Task<Submission> WaitAsync(MediaMagicClient client, Submission submission)
    {
        while (!SubmissionStatus.IsFinal(submission.Status))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(250));
            submission = await client.Submissions.GetAsync(submission.SubmissionId!);
            Say.Progress(submission.ProgressPercent ?? 0, submission.Status);
        }

        Say.EndProgress();
        return submission;
    }

    private static async Task ShowIssuesAsync(MediaMagicClient client, Submission submission)
    {
        Say.Step("Issues found");
        foreach (SubmissionAsset asset in submission.Assets.Where(asset => asset.Status == SubmissionStatus.Complete))
        {
            Asset read = await client.Assets.GetAsync(submission.SubmissionId!, asset.AssetId!);
            foreach (Issue issue in await client.Assets.GetIssuesAsync(submission.SubmissionId!, asset.AssetId!))
            {
                Say.Line($"{issue.Severity,-9} {issue.RuleCode,-10} {read.FileName,-20} {issue.Summary}");
            }
        }
    }

    private static async Task<Submission> RetryAsync(MediaMagicClient client, Submission submission)
    {
        Say.Step("Retry what failed");
        foreach (SubmissionAsset asset in submission.Assets.Where(asset => asset.Status == SubmissionStatus.Failed))
        {
            Say.Item(false, $"Asset {asset.AssetId}: {asset.ErrorMessage}");
            if (asset.IsRetryable == true)
            {
                submission = await WaitAsync(client, await client.Assets.RetryAsync(submission.SubmissionId!, asset.AssetId!));
            }
        }

        return submission;
    }
}
