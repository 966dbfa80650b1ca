using System;
using MediaMagic.Errors;
using Polly;

namespace MediaMagic.Http;

/// <summary>What is known of a call while its attempts run.</summary>
internal sealed class CallState(ApiRequest request, string path)
{
    public static readonly ResiliencePropertyKey<CallState> Key = new("MediaMagic.Call");

    public ApiRequest Request { get; } = request;

    /// <summary>Gets the path and query, or the blob path, as they may be shown.</summary>
    public string Path { get; } = path;

    /// <summary>Who looks on.</summary>
    public RequestObserver? Observer { get; init; }

    /// <summary>Gets what is called before each retry.</summary>
    public Action? Retrying { get; init; }

    /// <summary>How many times it went to the wire.</summary>
    public int Attempts { get; set; }

    /// <summary>Whether the attempt under way began to send its body.</summary>
    public bool Sending { get; set; }

    /// <summary>Gets or sets how many answers were lost after the request was sent.</summary>
    public int LostAnswers { get; set; }

    /// <summary>Gets or sets how many answers asked for a retry without a wait.</summary>
    public int ImmediateRetries { get; set; }

    /// <summary>Gets what became of the request so far.</summary>
    public Delivery Delivery { get; private set; } = request.Before;

    /// <summary>Adds the end of an attempt.</summary>
    public void Add(Delivery attempt) => Delivery = Delivery.Then(attempt);

    /// <summary>Returns how the call ended, for its error.</summary>
    public CallOutcome Outcome => new(Request.Safety, Delivery, Attempts, LostAnswers, Request.BlobPaths);

    /// <summary>How an attempt ended, for those who wonder what comes next.</summary>
    public static string Ended(ApiAnswer? answer, int attempt) =>
        FormattableString.Invariant($"attempt {attempt} {(answer is null ? "had no answer" : $"was answered {answer.Status}")}");

    /// <summary>Tells who looks on of a long wait.</summary>
    public void Waits(TimeSpan wait, string why) => Observer?.TellWait($"{Request.Method} {Path}", wait, why);
}
