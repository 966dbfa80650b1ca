using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace MediaMagic.Tests.HostileWorld;

/// <summary>The network of a process: each request is an act, which the world answers.</summary>
internal sealed class HostileHandler(Func<Act, HostileAnswer> answer) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // The body is read only when the request is sent, so the client can tell that nothing was sent.
        if (HostileCall.IsCreate(request))
        {
            answer(Act.Send).ThrowWhenNone();
        }

        Act act = new(ActKind.Calls) { Call = await HostileCall.ReadAsync(request) };
        HostileAnswer received = answer(act);
        received.ThrowWhenNone();
        return received == HostileAnswer.Put ? received.ToMessage().WithCrcOf(await request.Content!.ReadAsByteArrayAsync(cancellationToken)) : received.ToMessage();
    }
}
