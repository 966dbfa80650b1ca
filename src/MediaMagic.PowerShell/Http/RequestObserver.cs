using System;
using System.Globalization;

namespace MediaMagic;

/// <summary>Is told of a caller's own requests as they end; on whichever thread ended them.</summary>
public abstract class RequestObserver
{
    private static readonly TimeSpan s_long = TimeSpan.FromSeconds(2);

    /// <summary>Whether a line a request is wanted.</summary>
    public virtual bool WantsRequests => true;

    /// <summary>Whether headers and bodies are wanted too.</summary>
    public virtual bool WantsExchanges => false;

    /// <summary>A request ended.</summary>
    public abstract void OnRequest(RequestRecord record);

    /// <summary>A request that has to wait for long: which one, how long, and why.</summary>
    public virtual void OnWait(string text)
    {
    }

    /// <summary>Something beside the request went wrong, such as its log. It must not fail the request.</summary>
    public virtual void OnWarning(string text)
    {
    }

    /// <summary>Tells of a wait, if it is long enough to wonder about.</summary>
    internal void TellWait(string what, TimeSpan wait, string why)
    {
        if (wait >= s_long && WantsRequests)
        {
            OnWait(string.Format(CultureInfo.InvariantCulture, "{0} waits {1:0} s: {2}", what, wait.TotalSeconds, why));
        }
    }

    /// <summary>An attempt ended: headers and bodies as text, without secrets.</summary>
    public virtual void OnExchange(string text)
    {
    }
}
