using System;
using MediaMagic.Errors;

namespace MediaMagic.Transfer;

/// <summary>A signed address, and how it has served so far.</summary>
internal sealed class UploadUrl(Uri address, long received, TimeSpan? lifetime)
{
    private static readonly TimeSpan s_margin = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_shortest = TimeSpan.FromSeconds(10);
    private volatile bool _worked;

    public bool Worked => _worked;

    /// <summary>The address without what must not be shown.</summary>
    public string Shown => address.GetLeftPart(UriPartial.Path);

    /// <summary>What takes this address's signature out of text, also where nothing tells that it is one.</summary>
    public Redactor NewRedactor()
    {
        Redactor redactor = new();
        foreach (string pair in address.Query.TrimStart('?').Split('&'))
        {
            if (pair.StartsWith("sig=", StringComparison.OrdinalIgnoreCase))
            {
                string signature = pair.Substring(4);
                redactor.Add(signature);
                redactor.Add(Uri.UnescapeDataString(signature));
            }
        }

        return redactor;
    }

    /// <summary>It was good for a request.</summary>
    public void Succeeded() => _worked = true;

    /// <summary>The address with a query of its own.</summary>
    public Uri With(string query)
    {
        if (query.Length == 0)
        {
            return address;
        }

        string separator = address.Query.Length > 1 ? "&" : address.Query.Length == 1 ? string.Empty : "?";
        return new Uri(address.AbsoluteUri + separator + query);
    }

    /// <summary>Whether it is about to expire. Counted from its receipt, so that clocks need not agree.</summary>
    public bool IsOld(TimeProvider clock)
    {
        if (lifetime is not TimeSpan life || life < s_shortest)
        {
            return false; // Nobody signs for so short a time; the clocks differ, and storage will say when it is over.
        }

        TimeSpan margin = life.Ticks / 5 < s_margin.Ticks ? TimeSpan.FromTicks(life.Ticks / 5) : s_margin;
        return clock.GetElapsedTime(received) > life - margin;
    }
}
