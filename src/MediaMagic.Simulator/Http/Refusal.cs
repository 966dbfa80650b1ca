using System;

namespace MediaMagic.Simulator;

/// <summary>Ends the handling of a request with an error answer.</summary>
internal sealed class Refusal : Exception
{
    public Refusal(Reply reply) => Reply = reply;

    public Refusal(int status, string detail, string? docs = null)
        : this(Reply.Detail(status, detail, docs))
    {
    }

    public Reply Reply { get; }
}
