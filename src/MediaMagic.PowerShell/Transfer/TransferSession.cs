using System;
using System.Net.Http;
using System.Threading;
using MediaMagic.Errors;
using MediaMagic.Http;

namespace MediaMagic.Transfer;

/// <summary>What the uploads of one client share: connections to storage that know no key, and what went where.</summary>
internal sealed class TransferSession(MediaMagicClientOptions options, ApiKey key, RetryBudget budget) : IDisposable
{
    private readonly object _gate = new();
    private HttpClient? _http;
    private int _users;
    private bool _disposed;

    public TimeProvider Clock => options.TimeProvider;

    public TimeSpan MaxRetryDelay => options.MaxRetryDelay;

    public int MaxApiAttempts => options.MaxAttempts;

    public Backoff Backoff { get; } = new(options.RetryBaseDelay, options.MaxRetryDelay, options.Random);

    public TransferOptions Limits { get; set; } = new();

    public RetryBudget Budget => budget;

    public Reservations Paths { get; } = new();

    public UnsettledFiles Unsettled { get; } = new();

    /// <summary>Returns the file of a blob path, with all that is known of it. The caller may know one that an earlier process uploaded.</summary>
    public KnownFile? FileOf(string blobPath, KnownFile? file)
    {
        KnownFile? uploaded = Paths.FileAt(blobPath);
        return file is null ? uploaded : uploaded?.Identity == file.Identity ? file with { Md5 = uploaded.Md5 } : file;
    }

    /// <summary>Returns the other blob path under which the create of the same file is unknown.</summary>
    public string? UnsettledPathOf(string blobPath, KnownFile? file) => FileOf(blobPath, file) is KnownFile known ? Unsettled.FindOther(blobPath, known) : null;

    /// <summary>Who uploads, for telling apart what is kept between processes.</summary>
    public string Owner { get; } = options.BaseUri + " " + key.Hint;

    /// <summary>What is known of a storage request that failed.</summary>
    public ErrorContext ContextOf(UploadUrl url, int attempts, Delivery delivery) => new()
    {
        System = ErrorSystem.AzureBlob,
        Endpoint = ApiEndpoint.Storage,
        Method = "PUT",
        Uri = url.Shown,
        Now = Clock.GetUtcNow(),
        Redactor = url.NewRedactor(),
        Call = new CallOutcome(RequestSafety.Idempotent, delivery, attempts, 0, []),
    };

    /// <summary>Lends the connections for one upload.</summary>
    public Lease Connect()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _users++;
            _http ??= new HttpClient(options.StorageHandler?.Invoke() ?? HandlerFactory.Create(options)) { Timeout = Timeout.InfiniteTimeSpan };
            return new Lease(this, _http);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _http?.Dispose();
            _http = null;
        }
    }

    private void Return(HttpClient http, bool close)
    {
        lock (_gate)
        {
            if (--_users == 0 && close && _http == http)
            {
                _http.Dispose();
                _http = null;
            }
        }
    }

    /// <summary>The use of the connections by one upload.</summary>
    public sealed class Lease(TransferSession owner, HttpClient http) : IDisposable
    {
        public HttpClient Http => http;

        /// <summary>The upload came to its end; one that is cancelled leaves no connection behind.</summary>
        public bool Completed { get; set; }

        public void Dispose() => owner.Return(http, !Completed);
    }
}
