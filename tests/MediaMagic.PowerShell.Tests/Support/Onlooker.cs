using System.Collections.Generic;

namespace MediaMagic.Tests;

/// <summary>Notes the waits that it is told of.</summary>
public sealed class Onlooker : RequestObserver
{
    public List<string> Waits { get; } = [];

    public override void OnRequest(RequestRecord record)
    {
    }

    public override void OnWait(string text) => Waits.Add(text);
}
