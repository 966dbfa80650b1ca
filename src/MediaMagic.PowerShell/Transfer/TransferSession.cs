using System;
using System.Net.Http;
using System.Threading;
using MediaMagic.Errors;
using MediaMagic.Http;
using MediaMagic.IO;

namespace MediaMagic.Transfer;

/// <summary>What the uploads of one client share: connections to storage that know no key, and what went where.</summary>
internal sealed class TransferSession(MediaMagicClientOptions options, ApiKey key, RetryBudget budget) : IDisposable
{
    private readonly Lazy<HttpClient> _http = new(() => new HttpClient(options.StorageHandler?.Invoke() ?? HandlerFactory.Create(options)) { Timeout = Timeout.InfiniteTimeSpan });

    public MediaMagicClientOptions Options => options;

    public TimeProvider Clock => options.TimeProvider;

    public Backoff Backoff { get; } = new(options.RetryBaseDelay, options.MaxRetryDelay, options.Random);

    /// <summary>Gets the pipeline of requests to storage. They count for none of the API's gates, and not for its breaker.</summary>
    public CallPipeline Pipeline { get; } =
        CallPipeline.Create(options, new Backoff(options.RetryBaseDelay, options.MaxRetryDelay, options.Random), budget, new ClientCounters());

    public TransferOptions Limits { get; set; } = new();

    public RetryBudget Budget => budget;

    /// <summary>Gets how paths of files are compared.</summary>
    public PathIdentity PathIdentity => options.PathIdentity;

    public Reservations Paths { get; } = new(options.PathIdentity);

    public UnsettledFiles Unsettled { get; } = new(options.PathIdentity);

    /// <summary>Returns the file of a blob path, with all that is known of it. The caller may know one that an earlier process uploaded.</summary>
    public KnownFile? FileOf(string blobPath, KnownFile? file)
    {
        KnownFile? uploaded = Paths.FileAt(blobPath);
        return file is null ? uploaded : uploaded?.Identity.IsSame(file.Identity, PathIdentity) == true ? file with { Hash = file.Hash ?? uploaded.Hash, Crc = file.Crc ?? uploaded.Crc } : file;
    }

    /// <summary>Returns the other blob path under which the create of the same file is unknown.</summary>
    public string? UnsettledPathOf(string blobPath, KnownFile? file) => FileOf(blobPath, file) is KnownFile known ? Unsettled.FindOther(blobPath, known) : null;

    /// <summary>
    /// Returns what is equal for the blob paths of one file that was uploaded under several spellings of its name; null where spellings are files of their own.
    /// </summary>
    public string? KeyOf(string blobPath, KnownFile? file)
    {
        int name = blobPath.LastIndexOf('/') + 1;
        return FileOf(blobPath, file) is KnownFile { Identity: FileIdentity known } && PathIdentity.NameKeyOf(known.Path, blobPath.Substring(name)) is string key
            ? string.Join("\n", blobPath.Substring(0, name), key, PathIdentity.KeyOf(known.Path), known.Length, known.LastWriteUtc.Ticks)
            : null;
    }

    /// <summary>Who uploads, for telling apart what is kept between processes.</summary>
    public string Owner { get; } = options.BaseUri + " " + key.Hint;

    /// <summary>Returns what is known of a storage request that failed, at the address of its last attempt.</summary>
    public ErrorContext ContextOf(UploadUrl? url, CallState call) => new()
    {
        System = ErrorSystem.AzureBlob,
        Endpoint = ApiEndpoint.Storage,
        Method = "PUT",
        Uri = url?.Shown,
        Now = Clock.GetUtcNow(),
        Redactor = url?.NewRedactor() ?? Redactor.Default,
        Call = call.Outcome,
    };

    /// <summary>Gets the connections to storage.</summary>
    public HttpClient Http => _http.Value;

    public void Dispose()
    {
        if (_http.IsValueCreated)
        {
            _http.Value.Dispose();
        }
    }
}
