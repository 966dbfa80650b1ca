using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Errors;
using MediaMagic.Http;

namespace MediaMagic.Transfer;

/// <summary>Sends one request to storage and reads its answer; it knows no key.</summary>
internal sealed class StorageSender(HttpClient http, TimeProvider clock, TimeSpan idleTimeout)
{
    // The oldest version with everything that is used here, so that every storage in service knows it.
    private const string ApiVersion = "2019-12-12";
    private const int LargestBody = 64 * 1024;

    /// <summary>One attempt. Throws <see cref="LostConnectionException"/> when there is no answer.</summary>
    public async Task<ApiAnswer> SendAsync(Uri address, Func<IdleWatch, HttpContent> body, Action<HttpRequestMessage> fill, CancellationToken stop)
    {
        using IdleWatch watch = new(clock, idleTimeout, armed: true, stop);
        using HttpRequestMessage message = new(HttpMethod.Put, address) { Content = body(watch) };
        message.Headers.TryAddWithoutValidation("x-ms-version", ApiVersion);
        message.Headers.TryAddWithoutValidation("User-Agent", UserAgent.Value);
        fill(message);
        try
        {
            using HttpResponseMessage response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, watch.Token).ConfigureAwait(false);
            return await ReadAsync(response, watch.Token).ConfigureAwait(false);
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            throw new OperationCanceledException("The upload was cancelled.", stop);
        }
        catch (Exception failure) when (watch.Tripped)
        {
            throw new LostConnectionException(failure.Message, idleTimeout, failure);
        }
        catch (OperationCanceledException failure)
        {
            // Nobody asked for it: no connection in time.
            throw new LostConnectionException(Innermost(failure), null, failure);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or ObjectDisposedException)
        {
            throw Local(failure) ?? (Exception)new LostConnectionException(Innermost(failure), null, failure);
        }
    }

    private async Task<ApiAnswer> ReadAsync(HttpResponseMessage response, CancellationToken stop)
    {
        ArraySegment<byte> body = default;
        try
        {
            using Stream stream = await response.Content.ReadAsStreamAsync(stop).ConfigureAwait(false);
            (body, _) = await BoundedReader.ReadAsync(stream, LargestBody, stop).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or InvalidDataException)
        {
            // The status says enough.
        }

        return new ApiAnswer((int)response.StatusCode, Flat(response), body) { RetryAfter = RetryAfterOf(response) };
    }

    private TimeSpan? RetryAfterOf(HttpResponseMessage response) =>
        RetryAfterHeader.Of(name => response.Headers.TryGetValues(name, out IEnumerable<string>? values) ? values.FirstOrDefault() : null, clock.GetUtcNow());

    private static List<KeyValuePair<string, string>> Flat(HttpResponseMessage response) =>
        [.. response.Headers.Concat(response.Content.Headers)
            .Select(header => new KeyValuePair<string, string>(header.Key, string.Join(", ", header.Value)))];

    // What went wrong on this side of the wire: the file, not the connection.
    private static MediaMagicException? Local(Exception? failure)
    {
        while (failure is not null and not MediaMagicException)
        {
            failure = failure.InnerException;
        }

        return (MediaMagicException?)failure;
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
