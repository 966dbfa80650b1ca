using System;
using System.Threading;

namespace MediaMagic.Errors;

/// <summary>A cancellation, with what became of the request that was under way.</summary>
#pragma warning disable CA1032, CA1064 // Created here only; callers catch its base class.
internal sealed class RequestCanceledException(Delivery delivery, Exception? cause, CancellationToken stop)
    : OperationCanceledException("The request was cancelled.", cause, stop)
{
    /// <summary>Gets what became of the request.</summary>
    public Delivery Delivery { get; } = delivery;
}
