using System;
using System.Globalization;
using Polly;

namespace MediaMagic.Http;

/// <summary>What is known of a call while its attempts run.</summary>
internal sealed class CallState(ApiRequest request, Uri address, string path)
{
    private static readonly TimeSpan s_long = TimeSpan.FromSeconds(2);

    public static readonly ResiliencePropertyKey<CallState> Key = new("MediaMagic.Call");

    public ApiRequest Request { get; } = request;

    /// <summary>Where it goes.</summary>
    public Uri Address { get; } = address;

    /// <summary>Its path and query, as they may be shown.</summary>
    public string Path { get; } = path;

    /// <summary>Who looks on.</summary>
    public RequestObserver? Observer { get; init; }

    /// <summary>How many times it went to the wire.</summary>
    public int Attempts { get; set; }

    /// <summary>Whether the attempt under way began to send its body.</summary>
    public bool Sending { get; set; }

    /// <summary>How many answers were lost after the request had been sent.</summary>
    public int LostAnswers { get; set; }

    /// <summary>Tells who looks on of a wait, if it is long enough to wonder about.</summary>
    public void Waits(TimeSpan wait, string why)
    {
        if (wait >= s_long && Observer is { WantsRequests: true })
        {
            Observer.OnWait(string.Format(CultureInfo.InvariantCulture, "{0} {1} waits {2:0} s: {3}", Request.Method, Path, wait.TotalSeconds, why));
        }
    }
}
