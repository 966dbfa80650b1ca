using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Http;

namespace MediaMagic.Tests.Transfer;

/// <summary>Sends over real connections, and completes or fails each request only while the gate is free.</summary>
public sealed class GatedHandler(MediaMagicClientOptions options, SemaphoreSlim gate) : DelegatingHandler(HandlerFactory.Create(options))
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
