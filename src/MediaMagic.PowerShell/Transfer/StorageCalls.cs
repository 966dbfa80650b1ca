using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Errors;
using MediaMagic.Http;
using Polly;

namespace MediaMagic.Transfer;

/// <summary>
/// Runs the operations of one upload. The pipeline retries; what needs another request than before is done here: a new address, bytes that arrived
/// damaged, a storage that knows no CRC64, and something on the way that fails a request that asks first.
/// </summary>
internal sealed class StorageCalls(TransferSession session, UploadTarget target, RequestObserver? observer)
{
    private const int MaxResends = 3;
    private const int ExpectationFailed = 417;
    private readonly HttpExchange _exchange = new(session.Http, session.Options);
    private volatile bool _worked;
    private volatile bool _neverExpect;
    private volatile bool _usesMd5;
    private Delivery _delivery;

    /// <summary>Gets or sets what is called when storage or the line is overburdened.</summary>
    public Action? Stumbled { get; set; }

    /// <summary>Carries out an operation that creates the blob. The claim of the blob path is kept if the blob may exist from then on.</summary>
    public async Task RunAsync(StorageOperation operation, Reservations.Claim claim, CancellationToken stop)
    {
        CallState call = NewCall(operation, _delivery);
        try
        {
            await RunAsync(operation, call, stop).ConfigureAwait(false);
        }
        finally
        {
            _delivery = call.Delivery;
            if (call.Delivery is Delivery.Unknown or Delivery.Accepted)
            {
                claim.Keep();
            }
        }
    }

    /// <summary>Carries out an operation that does not change the blob.</summary>
    public Task RunAsync(StorageOperation operation, CancellationToken stop) => RunAsync(operation, NewCall(operation, Delivery.NotSent), stop);

    private CallState NewCall(StorageOperation operation, Delivery before) =>
        new(operation.NewRequest(session.Limits.IdleTimeout, before), target.BlobPath) { Observer = observer, Retrying = Stumbled };

    private async Task RunAsync(StorageOperation operation, CallState call, CancellationToken stop)
    {
        for (int resends = 0; ;)
        {
            (UploadUrl? url, bool asksFirst, byte[]? md5) = (null, false, null);
            Outcome<ApiAnswer> outcome = await session.Pipeline.RunAsync(call, AttemptAsync, stop).ConfigureAwait(false);
            if (outcome.Result is not ApiAnswer answer)
            {
                throw outcome.Exception as BlobMovedException ?? CallErrors.From(outcome, call, session.ContextOf(url, call), stop);
            }

            StorageVerdict verdict = StorageRules.Judge(answer, operation.OfBlocks);
            if (verdict == StorageVerdict.Done)
            {
                verdict = await CompareAsync(answer, operation, md5, stop).ConfigureAwait(false);
            }

            if (answer.IsSuccess && verdict != StorageVerdict.Done)
            {
                call.Add(Delivery.Unknown);
            }

            switch (verdict)
            {
                case StorageVerdict.Done:
                    call.Add(Delivery.Accepted);
                    url!.Succeeded();
                    session.Budget.Succeeded();
                    _worked = true;
                    return;

                case StorageVerdict.Mismatch when ++resends <= MaxResends:
                    await CheckFileAsync(operation, stop).ConfigureAwait(false);
                    break;

                case StorageVerdict.Expired when await target.ReplaceAsync(url!, refused: true, stop).ConfigureAwait(false):
                    break;

                case StorageVerdict.Unchecked when md5 is null && (answer.IsSuccess || operation.Crc is not null):
                    _usesMd5 = true;
                    break;

                case StorageVerdict.Failed when answer.Status == ExpectationFailed && asksFirst:
                    // Other blocks may have been refused for it at the same time.
                    _neverExpect = true;
                    break;

                default:
                    throw Failure(verdict, answer, operation, session.ContextOf(url, call));
            }

            async Task<ApiAnswer> AttemptAsync(CancellationToken token)
            {
                url = await target.UrlAsync(token).ConfigureAwait(false);
                md5 = _usesMd5 ? await operation.ReadMd5Async(token).ConfigureAwait(false) : null;

                // A refusal that comes before the body's end may be lost with the connection; a second try asks first.
                asksFirst = call.Attempts > 0 && !_neverExpect && operation.Part is not null;
                return await _exchange.SendAsync(call, url.With(operation.Query), Fill, token).ConfigureAwait(false);
            }

            void Fill(HttpRequestMessage message)
            {
                operation.Fill(message, md5);
                message.Headers.ExpectContinue = asksFirst;
            }
        }
    }

    // Storage tells what it received. One that is too old for that compares the MD5s that it gets from now on.
    private async Task<StorageVerdict> CompareAsync(ApiAnswer answer, StorageOperation operation, byte[]? md5, CancellationToken stop)
    {
        if (answer.HeaderOf(StorageOperation.Crc64Header) is string crc)
        {
            return crc == operation.SentCrc ? StorageVerdict.Done : StorageVerdict.Mismatch;
        }

        _usesMd5 = true;
        string sent = Convert.ToBase64String(md5 ?? await operation.ReadMd5Async(stop).ConfigureAwait(false));
        string? received = answer.HeaderOf("Content-MD5");
        return received == sent || (received is null && md5 is not null) ? StorageVerdict.Done
            : md5 is null ? StorageVerdict.Unchecked
            : StorageVerdict.Mismatch;
    }

    // A file that was written to since its checksum was computed is not the connection's fault.
    private static async Task CheckFileAsync(StorageOperation operation, CancellationToken stop)
    {
        if (operation is { Part: FilePart part, Crc: ulong crc } && await part.ReadCrcAsync(stop).ConfigureAwait(false) != crc)
        {
            throw part.Source.Changed();
        }
    }

    private Exception Failure(StorageVerdict verdict, ApiAnswer answer, StorageOperation operation, ErrorContext context)
    {
        ApiError error = verdict == StorageVerdict.Mismatch && answer.IsSuccess ? LocalErrors.Crc64Mismatch(context)
            : answer.IsSuccess ? LocalErrors.InvalidResponse("Storage never answers a stored blob so; something else answers in its place", answer.Status, context)
            : ErrorReader.Read(answer.Status, answer.Headers, answer.Body.AsSpan(), context);
        MediaMagicException failure = new(error);
        return verdict switch
        {
            StorageVerdict.BlocksRefused or StorageVerdict.BlocksLost => new BlocksException(verdict, failure),

            // Some gateways refuse what they do not know as if the signature were wrong.
            StorageVerdict.Expired when operation.OfBlocks && !_worked => new BlocksException(StorageVerdict.BlocksRefused, failure),
            _ => failure,
        };
    }
}
