using System;
using System.Collections.Generic;

namespace MediaMagic.Client;

/// <summary>Creates a submission.</summary>
internal sealed class SubmissionBody
{
    public List<AssetBody> Assets { get; set; } = [];

    public Guid[]? SidekickIds { get; set; }

    public object? Metadata { get; set; }
}
