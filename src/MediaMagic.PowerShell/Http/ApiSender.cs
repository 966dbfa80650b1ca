using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Errors;
using Polly;

namespace MediaMagic.Http;

/// <summary>The one way of every API request: through the pipeline, into an answer or a <see cref="MediaMagicException"/>, and into the books.</summary>
internal sealed class ApiSender : IDisposable
{
    private readonly TimeProvider _clock;
    private readonly ResiliencePipeline<ApiAnswer> _pipeline;
    private readonly Transport _transport;
    private readonly Gates _gates;
    private readonly Breaker? _breaker;
    private readonly RequestLog? _log;
    private readonly RetryBudget _budget;

    public ApiSender(ApiKey key, MediaMagicClientOptions options, RetryBudget budget)
    {
        options.Validate();
        _clock = options.TimeProvider;
        _budget = budget;
        Key = key;
        BaseUri = BaseAddress.BaseOf(options.BaseUri);
        Redactor.Add(key.Reveal());
        _keyRedactor.Add(key.Reveal());
        HttpClient http = new(options.Handler?.Invoke() ?? HandlerFactory.Create(options)) { Timeout = Timeout.InfiniteTimeSpan };
        _transport = new Transport(http, BaseAddress.ApiRoot(options.BaseUri), key, _clock);
        Backoff backoff = new(options.RetryBaseDelay, options.MaxRetryDelay, options.Random);
        _gates = new Gates(_clock, backoff.After, options.MaxRetryDelay);
        _breaker = options.CircuitBreaker ? new Breaker(options.BreakerThreshold, options.BreakerDuration, _clock) : null;
        _pipeline = PipelineFactory.Create(options, backoff, _gates, _breaker, Counters, budget);
        _log = options.LogPath is string path ? new RequestLog(path, _clock) : null;
    }

    public ApiKey Key { get; }

    public Uri BaseUri { get; }

    public Redactor Redactor { get; } = new();

    public ClientCounters Counters { get; } = new();

    public RequestHistory History { get; } = new();

    // No answer is there to tell the key. An answer that does is shown without it; a webhook's secret is another matter.
    private readonly Redactor _keyRedactor = new();

    public BreakerState BreakerState => _breaker?.State ?? BreakerState.Off;

    public GateStatus[] Gates => _gates.Status;

    /// <summary>Sends the request and reads its answer; every end of it is noted.</summary>
    public async Task<T> SendAsync<T>(ApiRequest request, Func<ApiAnswer, T> read, RequestObserver? observer, CancellationToken stop)
    {
        Uri address = _transport.AddressOf(request.Path);
        CallState call = new(request, address, Redactor.Redact(address.PathAndQuery)) { Observer = observer };
        DateTimeOffset time = _clock.GetUtcNow();
        long began = _clock.GetTimestamp();
        int? status = null;
        ApiError? error = null;
        try
        {
            Outcome<ApiAnswer> outcome = await RunAsync(call, stop).ConfigureAwait(false);
            status = outcome.Result?.Status;
            if (outcome.Result is not { IsSuccess: true } answer)
            {
                throw Failure(outcome, call, stop);
            }

            T result = Read(answer, read, call);
            _budget.Succeeded();
            return result;
        }
        catch (MediaMagicException failure)
        {
            error = failure.Error;
            throw;
        }
        finally
        {
            Note(call, new RequestRecord
            {
                Time = time,
                Method = request.Method.Method,
                Path = call.Path,
                StatusCode = status,
                Attempts = call.Attempts,
                DurationMs = _clock.GetElapsedTime(began).TotalMilliseconds,
                ErrorCode = error?.Code,
            }, error, stop);
        }
    }

    public void Dispose()
    {
        _transport.Http.Dispose();
        _log?.Dispose();
    }

    private async Task<Outcome<ApiAnswer>> RunAsync(CallState call, CancellationToken stop)
    {
        ResilienceContext context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: false, stop);
        context.Properties.Set(CallState.Key, call);
        try
        {
            return await _pipeline.ExecuteOutcomeAsync(AttemptAsync, context, call).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            // The pipeline throws what an observer of a wait throws.
            return Outcome.FromException<ApiAnswer>(failure);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private async ValueTask<Outcome<ApiAnswer>> AttemptAsync(ResilienceContext context, CallState call)
    {
        try
        {
            ApiAnswer answer = await _transport.SendAsync(call, context.CancellationToken).ConfigureAwait(false);
            if (call.Observer is { WantsExchanges: true } observer)
            {
                observer.OnExchange(ExchangeText.Of(call, answer, call.Address, Key, Redactor));
            }

            return Outcome.FromResult(answer);
        }
        catch (Exception failure)
        {
            return Outcome.FromException<ApiAnswer>(failure);
        }
    }

    private T Read<T>(ApiAnswer answer, Func<ApiAnswer, T> read, CallState call)
    {
        try
        {
            return read(answer.Without(_keyRedactor));
        }
        catch (Exception failure) when (failure is not MediaMagicException)
        {
            // The service accepted the request, whatever is wrong with its answer.
            call.Add(Deliveries.Lost(call.Request.Method.Method));
            string detail = failure is UnreadableAnswerException ? failure.Message : Transport.UnreadAnswer;
            throw new MediaMagicException(LocalErrors.InvalidResponse(detail, context: ContextOf(call)), SafeCause.Of(failure, Redactor));
        }
    }

    private Exception Failure(Outcome<ApiAnswer> outcome, CallState call, CancellationToken stop) => outcome.Result is ApiAnswer answer
        ? new MediaMagicException(ErrorReader.Read(answer.Status, answer.Headers, answer.Body.AsSpan(), ContextOf(call)))
        : Failure(outcome.Exception!, call, stop);

    private Exception Failure(Exception cause, CallState call, CancellationToken stop)
    {
        if (cause is OperationCanceledException || stop.IsCancellationRequested)
        {
            return new RequestCanceledException(call.Delivery, SafeCause.Of(cause, Redactor), stop);
        }

        return CallErrors.From(cause, ContextOf(call)) ?? cause;
    }

    private ErrorContext ContextOf(CallState call) => new()
    {
        Endpoint = call.Request.Endpoint,
        Method = call.Request.Method.Method,
        Uri = call.Address.AbsoluteUri,
        Bucket = call.Request.Bucket,
        Now = _clock.GetUtcNow(),
        Redactor = Redactor,
        Call = new CallOutcome(call.Request.Safety, call.Delivery, call.Attempts, call.LostAnswers, call.Request.BlobPaths),
    };

    private void Note(CallState call, RequestRecord record, ApiError? error, CancellationToken stop)
    {
        History.Add(record);
        _log?.Write(record, error);
        try
        {
            if (call.Observer is { WantsRequests: true } observer)
            {
                observer.OnRequest(record);
            }
        }
        catch (Exception failure)
        {
            // The caller does not get the result of a success.
            call.Add(error is null && record.StatusCode is not null ? Deliveries.Lost(record.Method) : Delivery.NotSent);
            throw Failure(failure, call, stop);
        }
    }
}
