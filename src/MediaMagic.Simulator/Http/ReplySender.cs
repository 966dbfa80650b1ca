using System;
using System.Buffers;
using System.Collections.Generic;
using System.Net;
using System.Threading;
using System.Threading.Tasks;

namespace MediaMagic.Simulator;

/// <summary>Puts a reply on the wire.</summary>
internal static class ReplySender
{
    // A client that is still sending would lose the answer if the connection were closed on it.
    private const long DrainLimit = 256L * 1024 * 1024;

    /// <summary>Reads what is left of the request, so that the connection can serve the next one.</summary>
    public static async Task DrainAsync(Exchange exchange, CancellationToken stop)
    {
        if (!exchange.HasBody)
        {
            return;
        }

        byte[] buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            long total = 0;
            int count;
            do
            {
                count = await exchange.Body.ReadAsync(buffer.AsMemory(), stop).ConfigureAwait(false);
                total += count;
            }
            while (count > 0 && total < DrainLimit);

            if (count > 0)
            {
                exchange.Context.Response.KeepAlive = false;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Sends the reply, or as much of it as a cut connection lets through.</summary>
    public static async Task SendAsync(Exchange exchange, Reply reply, bool cut, CancellationToken stop)
    {
        HttpListenerResponse response = exchange.Context.Response;
        response.StatusCode = reply.Status;
        if (reply.ContentType is not null)
        {
            response.ContentType = reply.ContentType;
        }

        foreach (KeyValuePair<string, string> header in reply.Headers)
        {
            response.AddHeader(header.Key, header.Value);
        }

        bool hasBody = reply.Body.Length > 0 && exchange.Method != "HEAD" && reply.Status is not (204 or 304);
        response.ContentLength64 = reply.Status is 204 or 304 ? 0 : reply.Body.Length;
        if (hasBody)
        {
            int count = cut ? reply.Body.Length / 2 : reply.Body.Length;
            await response.OutputStream.WriteAsync(reply.Body.AsMemory(0, count), stop).ConfigureAwait(false);
        }

        if (cut)
        {
            response.Abort();
        }
        else
        {
            response.Close();
        }
    }
}
