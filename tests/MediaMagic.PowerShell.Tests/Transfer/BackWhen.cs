using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Http;

namespace MediaMagic.Tests.Transfer;

/// <summary>Sends over real connections, and comes back, with an answer or without, only when the gate is free.</summary>
public sealed class BackWhen(MediaMagicClientOptions options, SemaphoreSlim gate) : DelegatingHandler(HandlerFactory.Create(options))
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        finally
        {
            await gate.WaitAsync(CancellationToken.None);
            gate.Release();
        }
    }
}
