using System;
using System.Collections.Generic;

namespace MediaMagic.Tests.Http;

/// <summary>Notes the warnings that it gets, and may throw at each.</summary>
internal sealed class WarnedObserver(Exception? failure = null) : RequestObserver
{
    public List<string> Warnings { get; } = [];

    public override void OnRequest(RequestRecord record)
    {
    }

    public override void OnWarning(string text)
    {
        Warnings.Add(text);
        if (failure is not null)
        {
            throw failure;
        }
    }
}
