using System;
using Polly;

namespace MediaMagic.Http;

/// <summary>What is known of a call while its attempts run.</summary>
internal sealed class CallState(ApiRequest request, Uri address)
{
    public static readonly ResiliencePropertyKey<CallState> Key = new("MediaMagic.Call");

    public ApiRequest Request { get; } = request;

    /// <summary>Where it goes.</summary>
    public Uri Address { get; } = address;

    /// <summary>Who wants to see headers and bodies.</summary>
    public RequestObserver? Observer { get; init; }

    /// <summary>How many times it went to the wire.</summary>
    public int Attempts { get; set; }

    /// <summary>Whether the attempt under way began to send its body.</summary>
    public bool Sending { get; set; }

    /// <summary>How many answers were lost after the request had been sent.</summary>
    public int LostAnswers { get; set; }
}
