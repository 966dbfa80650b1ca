using System;

namespace MediaMagic.Http;

/// <summary>Exponential backoff with jitter: never sooner than the base, never later than the longest delay.</summary>
internal sealed class Backoff(TimeSpan first, TimeSpan longest, Func<double> random)
{
    private const double Jitter = 0.25;
    private const int LargestExponent = 30;

    /// <summary>The delay after the attempt of that number, counted from zero.</summary>
    public TimeSpan After(int attempt)
    {
        double seconds = first.TotalSeconds * Math.Pow(2, Math.Min(attempt, LargestExponent)) * (1 + (Jitter * random()));
        return TimeSpan.FromSeconds(Math.Min(seconds, longest.TotalSeconds));
    }
}
