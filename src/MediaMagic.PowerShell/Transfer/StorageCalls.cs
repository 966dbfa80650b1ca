using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Errors;
using MediaMagic.Http;

namespace MediaMagic.Transfer;

/// <summary>Storage requests with all that may have to be done for one of them: wait and repeat, ask for a new address, look at the bytes again.</summary>
internal sealed class StorageCalls(TransferSession session, StorageSender sender, UploadTarget target, RequestObserver? observer)
{
    private const int MostResends = 3;

    // Something on the way cannot be asked before the body is sent.
    private const int ExpectationFailed = 417;
    private volatile bool _worked;
    private volatile bool _neverExpect;

    /// <summary>Called when storage or the line shows itself overburdened.</summary>
    public Action? Stumbled { get; set; }

    /// <summary>Carries the operation out.</summary>
    public async Task RunAsync(StorageOperation operation, CancellationToken stop)
    {
        int resends = 0;
        int retries = 0;
        Delivery delivery = Delivery.NotSent;
        for (int attempts = 1; ; attempts++)
        {
            UploadUrl url = await target.UrlAsync(stop).ConfigureAwait(false);

            // A refusal that comes before the body's end may be lost with the connection; a second try asks first.
            bool asksFirst = attempts > 1 && !_neverExpect;
            (ApiAnswer? answer, LostConnectionException? lost) = await TryAsync(operation, url, asksFirst, stop).ConfigureAwait(false);
            StorageVerdict verdict = answer is null ? StorageVerdict.Retry : StorageRules.Judge(answer, operation.OfBlocks);
            delivery = delivery.Then(lost is { Sent: false } ? Delivery.NotSent : answer is null or { IsSuccess: true } ? Delivery.Unknown : Deliveries.Of(answer.Status, "PUT"));
            TimeSpan asked = answer?.RetryAfter ?? TimeSpan.Zero;
            switch (verdict)
            {
                case StorageVerdict.Done:
                    url.Succeeded();
                    session.Budget.Succeeded();
                    _worked = true;
                    return;

                case StorageVerdict.Expired when await target.ReplaceAsync(url, refused: true, stop).ConfigureAwait(false):
                    break;

                case StorageVerdict.Failed when answer!.Status == ExpectationFailed && asksFirst:
                    // Other blocks may have been refused for it at the same time.
                    _neverExpect = true;
                    break;

                case StorageVerdict.Mismatch when ++resends <= MostResends:
                    operation.Recheck?.Invoke();
                    break;

                case StorageVerdict.Retry when ++retries < session.Limits.MaxAttempts && asked <= session.MaxRetryDelay:
                    Stumbled?.Invoke();
                    await session.Budget.TakeAsync(wait => observer?.TellWait("A request to storage", wait, "the session's retry budget is used up"), stop).ConfigureAwait(false);
                    TimeSpan delay = session.Backoff.After(retries - 1);
                    delay = asked > delay ? asked : delay;
                    observer?.TellWait("A request to storage", delay, CallState.Ended(answer, attempts));
                    await session.Clock.Delay(delay, stop).ConfigureAwait(false);
                    break;

                default:
                    throw Failure(verdict, answer, lost, (operation, session.ContextOf(url, attempts, delivery)));
            }
        }
    }

    private async Task<(ApiAnswer? Answer, LostConnectionException? Lost)> TryAsync(
        StorageOperation operation, UploadUrl url, bool asksFirst, CancellationToken stop)
    {
        PartContent? part = null;
        bool done = false;
        try
        {
            ApiAnswer answer = await sender.SendAsync(url.With(operation.Query), Body, Fill, stop).ConfigureAwait(false);
            done = answer.IsSuccess;
            return (answer, null);
        }
        catch (Exception failure) when (part?.Log.Failure is MediaMagicException local && failure != local)
        {
            throw local;
        }
        catch (LostConnectionException lost)
        {
            lost.Sent = part?.Log.Began ?? true;
            return (null, lost);
        }
        finally
        {
            if (!done)
            {
                part?.Log.TakeBack();
            }
        }

        HttpContent Body(IdleWatch watch)
        {
            HttpContent body = operation.Body(watch);
            part = body as PartContent;
            return body;
        }

        void Fill(HttpRequestMessage message)
        {
            operation.Fill(message);
            message.Headers.ExpectContinue = asksFirst && part is not null;
        }
    }

    private Exception Failure(
        StorageVerdict verdict, ApiAnswer? answer, LostConnectionException? lost, (StorageOperation Operation, ErrorContext Context) about)
    {
        ApiError error = answer switch
        {
            null => lost!.ToError(about.Context),
            { IsSuccess: true } => LocalErrors.InvalidResponse("Storage never answers a stored blob so; something else answers in its place", answer.Status, about.Context),
            _ => ErrorReader.Read(answer.Status, answer.Headers, answer.Body.AsSpan(), about.Context),
        };
        MediaMagicException failure = new(error, SafeCause.Of(lost, about.Context.Redactor));
        return verdict switch
        {
            StorageVerdict.BlocksRefused => new BlocksRefusedException(failure),
            StorageVerdict.BlocksLost => new BlocksLostException(failure),

            // Some gateways refuse what they do not know as if the signature were wrong.
            StorageVerdict.Expired when about.Operation.OfBlocks && !_worked => new BlocksRefusedException(failure),
            _ => failure,
        };
    }
}
