using System.Collections.Generic;
using System.Threading.Tasks;

namespace MediaMagic.Tests;

/// <summary>Notes the waits that it is told of.</summary>
public sealed class Onlooker : RequestObserver
{
    public List<string> Waits { get; } = [];

    /// <summary>Completed at the first wait.</summary>
    public TaskCompletionSource? Waiting { get; init; }

    public override void OnRequest(RequestRecord record)
    {
    }

    public override void OnWait(string text)
    {
        lock (Waits)
        {
            Waits.Add(text);
        }

        Waiting?.TrySetResult();
    }
}
