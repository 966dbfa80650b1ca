using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Http;

namespace MediaMagic.Tests.Transfer;

/// <summary>Sends over real connections, and changes each answer.</summary>
public sealed class AfterEach(MediaMagicClientOptions options, Func<HttpResponseMessage, HttpResponseMessage> change) : DelegatingHandler(HandlerFactory.Create(options))
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        change(await base.SendAsync(request, cancellationToken));
}
