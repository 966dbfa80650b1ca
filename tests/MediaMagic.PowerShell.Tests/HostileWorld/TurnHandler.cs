using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace MediaMagic.Tests.HostileWorld;

/// <summary>Lends the service to one of two processes, and lets the other one run after each call.</summary>
internal sealed class TurnHandler(HttpMessageInvoker service, Scheduler scheduler, int process) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await service.SendAsync(request, cancellationToken);
        }
        finally
        {
            await scheduler.YieldAsync(process);
        }
    }
}
