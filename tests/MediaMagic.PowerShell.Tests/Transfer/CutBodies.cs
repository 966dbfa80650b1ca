using System;
using System.IO;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Http;

namespace MediaMagic.Tests.Transfer;

/// <summary>Sends over real connections, and stops each file after its first bytes while cutting is on.</summary>
public sealed class CutBodies(MediaMagicClientOptions options, TaskCompletionSource begun, Func<bool> isCutting) : DelegatingHandler(HandlerFactory.Create(options))
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        bool isFile = request.Method == HttpMethod.Put || request.RequestUri!.AbsolutePath.EndsWith("/direct", StringComparison.Ordinal);
        if (isCutting() && isFile)
        {
            await request.Content!.CopyToAsync(new EndlessStream(begun), cancellationToken);
        }

        return await base.SendAsync(request, cancellationToken);
    }

    // The first bytes go through, and the next ones never do.
    private sealed class EndlessStream(TaskCompletionSource begun) : MemoryStream
    {
        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (buffer.Length > 1024)
            {
                begun.TrySetResult();
                await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
            }
        }

        // The netstandard2.0 build writes arrays.
        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    }
}
