using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Security.Authentication;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Errors;
using Polly.Timeout;

namespace MediaMagic.Http;

/// <summary>Sends one attempt of a request to the API or to storage, and reads its answer. It adds no key.</summary>
internal sealed class HttpExchange(HttpClient http, MediaMagicClientOptions options)
{
    /// <summary>The detail of an answer that the module failed to read.</summary>
    public const string UnreadAnswer = "The module failed to read it.";

    private const int MaxBody = 64 * 1024 * 1024;
    private const int MaxErrorBody = 64 * 1024;

    /// <summary>Sends the attempt. Without an answer it throws <see cref="AttemptException"/>, <see cref="TimeoutRejectedException"/> or the error of the file that it reads.</summary>
    public async Task<ApiAnswer> SendAsync(CallState call, Uri address, Action<HttpRequestMessage> fill, CancellationToken stop)
    {
        call.Attempts++;
        call.Sending = false;
        using IdleWatch? watch = call.Request.IdleTimeout is TimeSpan limit ? new IdleWatch(options.TimeProvider, limit, stop) : null;
        using HttpRequestMessage message = new(call.Request.Method, address);
        message.Headers.TryAddWithoutValidation("User-Agent", UserAgent.Value);
        message.Content = call.Request.NewBody(watch) is HttpContent body ? new TrackedContent(body, call) : null;
        fill(message);
        bool answered = false;
        try
        {
            using HttpResponseMessage response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, watch?.Token ?? stop).ConfigureAwait(false);
            answered = true;
            return await ReadAsync(response, call.Request.ReadsBody, watch?.Token ?? stop).ConfigureAwait(false);
        }
        catch (Exception failure) when (Find<MediaMagicException>(failure) is MediaMagicException local)
        {
            // The file, not the connection.
            throw local;
        }
        catch (Exception failure) when (watch is { IsTripped: true } && !stop.IsCancellationRequested)
        {
            throw new TimeoutRejectedException(failure.Message, watch.Limit, failure);
        }
        catch (HttpRequestException failure) when (!answered && Find<AuthenticationException>(failure) is AuthenticationException tls)
        {
            throw new AttemptException(AttemptFailure.TlsRefused, tls.Message, failure);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            throw Ended(failure, answered || call.Sending, address);
        }
        catch (ObjectDisposedException failure)
        {
            throw new AttemptException(answered || call.Sending ? AttemptFailure.Lost : AttemptFailure.Disconnected, "The session was disconnected.", failure);
        }
        catch (OperationCanceledException failure) when (!stop.IsCancellationRequested)
        {
            // No connection in time, or the session was disconnected meanwhile.
            throw Ended(failure, answered || call.Sending, address);
        }
        catch (Exception failure) when (answered && failure is not (OperationCanceledException or AttemptException))
        {
            throw new AttemptException(AttemptFailure.Unreadable, UnreadAnswer, failure);
        }
    }

    private async Task<ApiAnswer> ReadAsync(HttpResponseMessage response, bool readsBody, CancellationToken stop)
    {
        int status = (int)response.StatusCode;
        bool isWanted = readsBody && status is >= 200 and < 300;
        ArraySegment<byte> body = default;
        try
        {
            using Stream stream = await response.Content.ReadAsStreamAsync(stop).ConfigureAwait(false);
            (body, bool cut) = await BoundedReader.ReadAsync(stream, isWanted ? MaxBody : MaxErrorBody, stop).ConfigureAwait(false);
            if (isWanted && cut)
            {
                throw new AttemptException(AttemptFailure.Unreadable, $"The answer ({status}) is larger than {MaxBody >> 20} MiB.");
            }
        }
        catch (Exception failure) when (!isWanted && failure is HttpRequestException or IOException or InvalidDataException)
        {
            // The status says enough.
        }
        catch (InvalidDataException failure)
        {
            throw new AttemptException(AttemptFailure.Unreadable, $"The answer ({status}) is compressed in a way that cannot be read.", failure);
        }

        return new ApiAnswer(status, Flat(response), body) { RetryAfter = RetryAfterOf(response) };
    }

    private TimeSpan? RetryAfterOf(HttpResponseMessage response) =>
        RetryAfterHeader.Of(name => response.Headers.TryGetValues(name, out IEnumerable<string>? values) ? values.FirstOrDefault() : null, options.TimeProvider.GetUtcNow());

    private static List<KeyValuePair<string, string>> Flat(HttpResponseMessage response) =>
        [.. response.Headers.Concat(response.Content.Headers)
            .Select(header => new KeyValuePair<string, string>(header.Key, string.Join(", ", header.Value)))];

    private static T? Find<T>(Exception? failure)
        where T : Exception
    {
        while (failure is not null and not T)
        {
            failure = failure.InnerException;
        }

        return (T?)failure;
    }

    private AttemptException Ended(Exception failure, bool wasSent, Uri address)
    {
        string reason = Innermost(failure);
        return wasSent ? new AttemptException(AttemptFailure.Lost, reason, failure)
            : ProxyRoute.NameOf(options, address) is string proxy ? new AttemptException(AttemptFailure.NotSent, $"{reason.TrimEnd('.')}, through the proxy '{proxy}'.", failure)
            : new AttemptException(AttemptFailure.NotSent, reason, failure);
    }

    private static string Innermost(Exception failure)
    {
        while (failure.InnerException is Exception inner)
        {
            failure = inner;
        }

        return failure.Message;
    }
}
