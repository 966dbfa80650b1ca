using System.Collections.Generic;
using System.Threading.Tasks;

namespace MediaMagic.Simulator;

/// <summary>A misbehaviour on request. A request meets at most one: the oldest that matches it.</summary>
public sealed class SimulatorFault
{
    /// <summary>
    /// Which requests, as <c>METHOD /path</c> below <c>/api/integrations</c>: <c>POST /submissions</c>,
    /// <c>GET /submissions/{submissionId}</c>. <c>*</c> stands for anything, <c>{name}</c> for one segment; without a method any matches.
    /// Storage: <c>PUT blob</c>, <c>PUT block</c>, <c>PUT blocklist</c> by operation, <c>* /blob/*</c> for all.
    /// </summary>
    public string Endpoint { get; set; } = "*";

    /// <summary>The status to answer; none leaves the endpoint's own.</summary>
    public int? Status { get; set; }

    /// <summary>The body to answer; none is the documented one of the status.</summary>
    public string? Body { get; set; }

    /// <summary>The content type of <see cref="Body"/>; none is JSON, or XML for storage.</summary>
    public string? ContentType { get; set; }

    /// <summary>Headers to add to the answer.</summary>
    public IDictionary<string, string>? Headers { get; set; }

    /// <summary>The answer's <c>Retry-After</c>, in seconds, rounded up to whole ones.</summary>
    public double? RetryAfterSec { get; set; }

    /// <summary>How long to wait before anything else happens, in milliseconds of the simulator's clock.</summary>
    public int DelayMs { get; set; }

    /// <summary>A task whose end the request waits for before anything else happens; none for no wait.</summary>
    public Task? Until { get; set; }

    /// <summary>When to cut the connection.</summary>
    public DropConnection DropConnection { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether the last byte of the content arrives flipped, before it is checked and stored.
    /// It works for <c>PUT blob</c>, <c>PUT block</c>, <c>PUT blocklist</c> and the file of <c>POST /uploads/direct</c>, and does nothing elsewhere.
    /// </summary>
    public bool FlipByte { get; set; }

    /// <summary>Does the work before it answers <see cref="Status"/>: an error after the commit.</summary>
    public bool AfterWork { get; set; }

    /// <summary>How many requests it meets; 0 means until it is cleared.</summary>
    public int Count { get; set; } = 1;

    /// <summary>How many requests it will still meet.</summary>
    public int Remaining { get; internal set; }

    /// <summary>How likely a matching request meets it, from 0 to 1.</summary>
    public double Probability { get; set; } = 1;
}
