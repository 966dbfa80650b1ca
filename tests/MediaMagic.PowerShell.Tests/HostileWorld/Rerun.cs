namespace MediaMagic.Tests.HostileWorld;

/// <summary>How a run begins again after another.</summary>
internal enum Rerun
{
    /// <summary>With the same key and options.</summary>
    Same,

    /// <summary>With another key of the workspace.</summary>
    Rotated,

    /// <summary>With corrected options, and with what failed for good.</summary>
    Corrected,

    /// <summary>As corrected, and from then on everything works.</summary>
    Healthy,
}
