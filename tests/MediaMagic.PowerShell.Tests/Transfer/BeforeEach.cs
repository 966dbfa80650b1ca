using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Http;

namespace MediaMagic.Tests.Transfer;

/// <summary>Sends over real connections, and does something before each request.</summary>
public sealed class BeforeEach(MediaMagicClientOptions options, Action action) : DelegatingHandler(HandlerFactory.Create(options))
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        action();
        return base.SendAsync(request, cancellationToken);
    }
}
