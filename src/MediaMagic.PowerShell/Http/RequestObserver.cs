namespace MediaMagic;

/// <summary>Is told of a caller's own requests as they end; on whichever thread ended them.</summary>
public abstract class RequestObserver
{
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

    /// <summary>An attempt ended: headers and bodies as text, without secrets.</summary>
    public virtual void OnExchange(string text)
    {
    }
}
