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
    private readonly CallPipeline _pipeline;
    private readonly HttpClient _http;
    private readonly HttpExchange _exchange;
    private readonly Uri _root;
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
        _http = new HttpClient(options.Handler?.Invoke() ?? HandlerFactory.Create(options)) { Timeout = Timeout.InfiniteTimeSpan };
        _exchange = new HttpExchange(_http, options);
        _root = BaseAddress.ApiRoot(options.BaseUri);
        Backoff backoff = new(options.RetryBaseDelay, options.MaxRetryDelay, options.Random);
        _gates = new Gates(_clock, backoff.After, options.MaxRetryDelay);
        _breaker = options.CircuitBreaker ? new Breaker(options.BreakerThreshold, options.BreakerDuration, _clock) : null;
        _pipeline = CallPipeline.Create(options, backoff, budget, Counters, _gates, _breaker);
        _log = options.LogPath is string path ? new RequestLog(path, _clock) : null;
    }

    public ApiKey Key { get; }

    public Uri BaseUri { get; }

    public Redactor Redactor { get; } = new();

    public ClientCounters Counters { get; } = new();

    public RequestHistory History { get; } = new();

    // No answer is there to tell the key. An answer that does is shown without it; a webhook's secret is another matter.
    private readonly Redactor _keyRedactor = new();

    /// <summary>Gets a sentence about the lines that the log lost at its end; null when it lost none.</summary>
    public string? LogLoss => _log?.Loss;

    public BreakerState BreakerState => _breaker?.State ?? BreakerState.Off;

    public GateStatus[] Gates => _gates.Status;

    /// <summary>Sends the request and reads its answer; every end of it is noted.</summary>
    public async Task<T> SendAsync<T>(ApiRequest request, Func<ApiAnswer, T> read, RequestObserver? observer, CancellationToken stop)
    {
        Uri address = new(_root, request.Path);
        CallState call = new(request, Redactor.Redact(address.PathAndQuery)) { Observer = observer };
        DateTimeOffset time = _clock.GetUtcNow();
        long began = _clock.GetTimestamp();
        int? status = null;
        ApiError? error = null;
        try
        {
            Outcome<ApiAnswer> outcome = await _pipeline.RunAsync(call, token => AttemptAsync(call, address, token), stop).ConfigureAwait(false);
            status = outcome.Result?.Status;
            if (outcome.Result is not { IsSuccess: true } answer)
            {
                throw CallErrors.From(outcome, call, ContextOf(call), stop);
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
        _http.Dispose();
        _log?.Dispose();
    }

    // The only place that shows the key.
    private async Task<ApiAnswer> AttemptAsync(CallState call, Uri address, CancellationToken stop)
    {
        ApiAnswer answer = await _exchange.SendAsync(call, address, Fill, stop).ConfigureAwait(false);
        if (call.Observer is { WantsExchanges: true } observer)
        {
            observer.OnExchange(ExchangeText.Of(call, answer, address, Key, Redactor));
        }

        return answer;

        void Fill(HttpRequestMessage message)
        {
            message.Headers.TryAddWithoutValidation("X-API-Key", Key.Reveal());
            message.Headers.TryAddWithoutValidation("Accept", "application/json");
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
            string detail = failure is UnreadableAnswerException ? failure.Message : HttpExchange.UnreadAnswer;
            throw new MediaMagicException(LocalErrors.InvalidResponse(detail, context: ContextOf(call)), SafeCause.Of(failure, Redactor));
        }
    }

    private ErrorContext ContextOf(CallState call) => new()
    {
        Endpoint = call.Request.Endpoint,
        Method = call.Request.Method.Method,
        Uri = new Uri(_root, call.Request.Path).AbsoluteUri,
        Bucket = call.Request.Bucket,
        Now = _clock.GetUtcNow(),
        Redactor = Redactor,
        Call = call.Outcome,
    };

    private void Note(CallState call, RequestRecord record, ApiError? error, CancellationToken stop)
    {
        History.Add(record);
        _log?.Write(record, error);
        Warn(call.Observer);
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
            throw CallErrors.From(Outcome.FromException<ApiAnswer>(failure), call, ContextOf(call), stop);
        }
    }

    // A warning about the log must not fail the request either, and waits for a call that can show it.
    private void Warn(RequestObserver? observer)
    {
        if (observer is null || _log?.TakeWarning() is not string warning)
        {
            return;
        }

        try
        {
            observer.OnWarning(warning);
        }
        catch (Exception)
        {
            // The caller does not want to be warned.
        }
    }
}
