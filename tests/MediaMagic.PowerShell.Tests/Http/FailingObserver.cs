using System;

namespace MediaMagic.Tests.Http;

/// <summary>Throws at one moment of a request.</summary>
internal sealed class FailingObserver(string moment, Exception failure) : RequestObserver
{
    public const string Exchange = "exchange";
    public const string Request = "request";
    public const string Wait = "wait";

    public override bool WantsExchanges => moment == Exchange;

    public override void OnExchange(string text) => ThrowAt(Exchange);

    public override void OnRequest(RequestRecord record) => ThrowAt(Request);

    public override void OnWait(string text) => ThrowAt(Wait);

    private void ThrowAt(string now)
    {
        if (now == moment)
        {
            throw failure;
        }
    }
}
