using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Security.Authentication;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Errors;

namespace MediaMagic.Http;

/// <summary>Sends one attempt and reads its answer; the only place that shows the key to anybody.</summary>
internal sealed class Transport(HttpClient http, Uri apiRoot, ApiKey key, TimeProvider clock)
{
    /// <summary>What is said of an answer that fails to be read for a reason of ours.</summary>
    public const string UnreadAnswer = "The module failed to read it.";

    private const int LargestBody = 64 * 1024 * 1024;
    private const int LargestErrorBody = 64 * 1024;

    public HttpClient Http { get; } = http;

    public Uri AddressOf(string path) => new(apiRoot, path);

    /// <summary>One attempt. Throws <see cref="AttemptException"/> when there is no answer.</summary>
    public async Task<ApiAnswer> SendAsync(CallState call, CancellationToken stop)
    {
        ApiRequest request = call.Request;
        call.Attempts++;
        call.Sending = false;
        using HttpRequestMessage message = new(request.Method, call.Address);
        message.Headers.TryAddWithoutValidation("X-API-Key", key.Reveal());
        message.Headers.TryAddWithoutValidation("Accept", "application/json");
        message.Headers.TryAddWithoutValidation("User-Agent", UserAgent.Value);
        message.Content = request.NewBody() is HttpContent body ? new TrackedContent(body, call) : null;

        bool answered = false;
        try
        {
            using HttpResponseMessage response = await Http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, stop).ConfigureAwait(false);
            answered = true;
            return await ReadAsync(response, stop).ConfigureAwait(false);
        }
        catch (HttpRequestException failure) when (!answered && FindTls(failure) is AuthenticationException tls)
        {
            throw new AttemptException(AttemptFailure.TlsRefused, tls.Message, failure);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            bool sent = answered || call.Sending;
            throw new AttemptException(sent ? AttemptFailure.Lost : AttemptFailure.NotSent, Innermost(failure), failure);
        }
        catch (ObjectDisposedException failure)
        {
            throw new AttemptException(answered || call.Sending ? AttemptFailure.Lost : AttemptFailure.Disconnected, "The session was disconnected.", failure);
        }
        catch (OperationCanceledException failure) when (!stop.IsCancellationRequested)
        {
            // Nobody asked for it: no connection in time, or the session was disconnected meanwhile.
            throw new AttemptException(answered || call.Sending ? AttemptFailure.Lost : AttemptFailure.NotSent, Innermost(failure), failure);
        }
        catch (Exception failure) when (answered && failure is not (OperationCanceledException or AttemptException))
        {
            throw new AttemptException(AttemptFailure.Unreadable, UnreadAnswer, failure);
        }
    }

    private async Task<ApiAnswer> ReadAsync(HttpResponseMessage response, CancellationToken stop)
    {
        int status = (int)response.StatusCode;
        bool success = status is >= 200 and < 300;
        using Stream stream = await response.Content.ReadAsStreamAsync(stop).ConfigureAwait(false);
        try
        {
            (ArraySegment<byte> body, bool cut) = await BoundedReader
                .ReadAsync(stream, success ? LargestBody : LargestErrorBody, stop).ConfigureAwait(false);
            return success && cut
                ? throw new AttemptException(AttemptFailure.Unreadable, $"The answer ({status}) is larger than {LargestBody >> 20} MiB.")
                : new ApiAnswer(status, Flat(response), body) { RetryAfter = RetryAfterOf(response) };
        }
        catch (Exception failure) when (!success && failure is HttpRequestException or IOException or InvalidDataException)
        {
            // The status says enough.
            return new ApiAnswer(status, Flat(response), default) { RetryAfter = RetryAfterOf(response) };
        }
        catch (InvalidDataException failure)
        {
            throw new AttemptException(AttemptFailure.Unreadable, $"The answer ({status}) is compressed in a way that cannot be read.", failure);
        }
    }

    private TimeSpan? RetryAfterOf(HttpResponseMessage response) =>
        RetryAfterHeader.Of(name => response.Headers.TryGetValues(name, out IEnumerable<string>? values) ? values.FirstOrDefault() : null, clock.GetUtcNow());

    private static List<KeyValuePair<string, string>> Flat(HttpResponseMessage response) =>
        [.. response.Headers.Concat(response.Content.Headers)
            .Select(header => new KeyValuePair<string, string>(header.Key, string.Join(", ", header.Value)))];

    private static Exception? FindTls(Exception? failure)
    {
        while (failure is not null and not AuthenticationException)
        {
            failure = failure.InnerException;
        }

        return failure;
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
