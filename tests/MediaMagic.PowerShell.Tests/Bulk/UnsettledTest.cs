using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Bulk;
using MediaMagic.Client;
using MediaMagic.Transfer;
using Xunit;

namespace MediaMagic.Tests.Bulk;

/// <summary>One session at a service that gives each upload a blob path of its own, and accepts the first create without its answer arriving.</summary>
public abstract class UnsettledTest : ServiceTest
{
    protected const string Direct = "POST uploads/direct";
    private const string Url = "POST uploads/url";
    private const string Put = "PUT blob";
    private int _blobs;

    protected UnsettledTest(PostgresServer postgres)
        : base(postgres)
    {
        Service.BlobPathOf = (workspace, name) => $"{workspace}/{Interlocked.Increment(ref _blobs)}/{name}";
        Service.Afterwards = call => call == ContractService.Create && IsLosing ? ContractAnswers.Lost() : null;
        Service.Instead = call => call == ContractService.Create && IsLosing && Service.Created.Count > 1 ? ContractAnswers.Lost() : null;
        Client = Service.NewClient();
    }

    /// <summary>Gets the client of the session.</summary>
    protected MediaMagicClient Client { get; }

    /// <summary>Gets or sets a value indicating whether no answer to a create arrives.</summary>
    protected bool IsLosing { get; set; } = true;

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Client.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Writes a version of a file. Clocks of file systems are coarse, so each version gets a time of its own.</summary>
    protected static string Replace(string file, string text, int version)
    {
        File.WriteAllText(file, text);
        File.SetLastWriteTimeUtc(file, new DateTime(2026, 1, version, 0, 0, 0, DateTimeKind.Utc));
        return file;
    }

    private int Sent => Service.Count(Direct) + Service.Count(Url) + Service.Count(Put);

    /// <summary>Does what Send-MMFile does.</summary>
    protected Task<Upload> UploadAsync(string file, UploadMethod method = UploadMethod.Auto, string? fileName = null) =>
        Client.Files.UploadAsync(new UploadRequest { Path = file, ContentType = "text/plain", Method = method, FileName = fileName });

    /// <summary>Does what Send-MMFile and New-MMSubmission do, and returns the blob path.</summary>
    protected async Task<string> LeaveUnknownAsync(string file, UploadMethod method = UploadMethod.Auto)
    {
        Upload upload = await UploadAsync(file, method);
        await LoseAnswerAsync(upload.BlobPath!);
        return upload.BlobPath!;
    }

    /// <summary>Submits the blob path, which the service accepts without its answer arriving.</summary>
    protected async Task LoseAnswerAsync(string blobPath)
    {
        MediaMagicException failure = await Assert.ThrowsAsync<MediaMagicException>(() => Client.Submissions.CreateAsync(new NewSubmission(blobPath)));
        Assert.Equal((ErrorCode.SubmissionOutcomeUnknown, Delivery.Unknown), (failure.Error.Code, failure.Delivery));
        Assert.Single(Service.Accepted);
    }

    /// <summary>Does what Submit-MMFile does, and returns the blob path that is left unknown.</summary>
    protected async Task<string> SubmitUnknownAsync(string file) => AssertOnly(SubmitState.Unknown, await SubmitAsync(file)).BlobPath!;

    /// <summary>Does what Submit-MMFile does.</summary>
    protected async Task<List<SubmitResult>> SubmitAsync(string file, string? ledger = null, Action<BulkOptions>? change = null)
    {
        List<SubmitResult> results = [];
        BulkOptions options = OptionsOf(ledger);
        change?.Invoke(options);
        using BulkRun run = await BulkRun.StartAsync(Client, options, (result, _) => results.Add(result));
        await run.AddAsync(file);
        await run.CompleteAsync();
        return results;
    }

    /// <summary>Checks that the file is not uploaded, and that the error names the blob path and the way out.</summary>
    protected async Task AssertRefusedAsync(string blobPath, string file, UploadMethod method = UploadMethod.Auto)
    {
        int sent = Sent;
        MediaMagicException refused = await Assert.ThrowsAsync<MediaMagicException>(() => UploadAsync(file, method, Path.GetFileName(file) + ".txt"));
        Assert.Equal((ErrorCode.SubmissionOutcomeUnknown, Delivery.Unknown), (refused.Error.Code, refused.Delivery));
        Assert.Contains($"'{blobPath}'", refused.Message, StringComparison.Ordinal);
        Assert.Contains($"New-MMSubmission -BlobPath '{blobPath}' -Force", refused.Error.RecommendedAction, StringComparison.Ordinal);
        await Assert.ThrowsAsync<MediaMagicException>(() => UploadAsync(file, method));
        Assert.Equal(sent, Sent);
    }

    /// <summary>Checks that the service has the file once.</summary>
    protected void AssertOnce()
    {
        Assert.Single(Service.Accepted);
        Assert.Single(Service.Created.Distinct());
    }
}
