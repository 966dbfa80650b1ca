using System.Collections.Generic;
using System.Linq;

namespace MediaMagic.Bench.Webhooks;

/// <summary>What was delivered, and how long the answers took, in milliseconds.</summary>
internal sealed record Sent(IReadOnlyCollection<string> Ids, double Seconds, int Retries, double[] Times)
{
    public double Median => At(0.5);

    public double Slow => At(0.99);

    public double Slowest => Times.Max();

    private double At(double share) => Times.Order().ElementAt((int)(Times.Length * share));
}
