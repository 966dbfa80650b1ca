using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Errors;
using MediaMagic.Http;

namespace MediaMagic.Transfer;

/// <summary>Storage requests with all that may have to be done for one of them: wait and repeat, ask for a new address, look at the bytes again.</summary>
internal sealed class StorageCalls(TransferSession session, StorageSender sender, UploadTarget target)
{
    private const int MostResends = 3;
    private volatile bool _worked;

    /// <summary>Called when storage or the line shows itself overburdened.</summary>
    public Action? Stumbled { get; set; }

    /// <summary>Carries the operation out.</summary>
    public async Task RunAsync(StorageOperation operation, CancellationToken stop)
    {
        int resends = 0;
        for (int attempt = 0; ;)
        {
            UploadUrl url = await target.UrlAsync(stop).ConfigureAwait(false);
            (ApiAnswer? answer, LostConnectionException? lost) = await TryAsync(operation, url, attempt + resends, stop).ConfigureAwait(false);
            StorageVerdict verdict = answer is null ? StorageVerdict.Retry : StorageRules.Judge(answer, operation.OfBlocks);
            switch (verdict)
            {
                case StorageVerdict.Done:
                    url.Succeeded();
                    _worked = true;
                    return;

                case StorageVerdict.Expired when await target.ReplaceAsync(url, refused: true, stop).ConfigureAwait(false):
                    break;

                case StorageVerdict.Mismatch when ++resends <= MostResends:
                    operation.Recheck?.Invoke();
                    break;

                case StorageVerdict.Retry when ++attempt < session.Limits.MaxAttempts && answer?.RetryAfter.GetValueOrDefault() <= session.MaxRetryDelay != false:
                    Stumbled?.Invoke();
                    await session.Clock.Delay(Wait(attempt, answer), stop).ConfigureAwait(false);
                    break;

                default:
                    throw Failure(verdict, answer, lost, attempt + resends + 1, operation);
            }
        }
    }

    private async Task<(ApiAnswer? Answer, LostConnectionException? Lost)> TryAsync(
        StorageOperation operation, UploadUrl url, int before, CancellationToken stop)
    {
        PartContent? part = null;
        bool done = false;
        try
        {
            ApiAnswer answer = await sender.SendAsync(url.With(operation.Query), Body, Fill, stop).ConfigureAwait(false);
            done = answer.IsSuccess;
            return (answer, null);
        }
        catch (LostConnectionException lost)
        {
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

            // A refusal that comes before the body's end may be lost with the connection; a second try asks first.
            message.Headers.ExpectContinue = before > 0 && part is not null;
        }
    }

    private TimeSpan Wait(int attempt, ApiAnswer? answer)
    {
        TimeSpan delay = session.Backoff.After(attempt - 1);
        TimeSpan asked = answer?.RetryAfter ?? TimeSpan.Zero;
        return asked > delay ? asked : delay;
    }

    private Exception Failure(StorageVerdict verdict, ApiAnswer? answer, LostConnectionException? lost, int attempts, StorageOperation operation)
    {
        ErrorContext context = session.StorageContext;
        ApiError error = answer is null ? lost!.Error : ErrorReader.Read(answer.Status, answer.Headers, answer.Body.AsSpan(), context);
        error.Attempts = attempts;
        error.Method ??= context.Method;
        MediaMagicException failure = new(error, lost);
        return verdict switch
        {
            StorageVerdict.BlocksRefused => new BlocksRefusedException(failure),
            StorageVerdict.BlocksLost => new BlocksLostException(failure),

            // Some gateways refuse what they do not know as if the signature were wrong.
            StorageVerdict.Expired when operation.OfBlocks && !_worked => new BlocksRefusedException(failure),
            _ => failure,
        };
    }
}
