using System;

namespace MediaMagic;

/// <summary>The order of severities, the gravest first.</summary>
internal static class SeverityOrder
{
    private static readonly string[] s_gravestFirst = [Severity.Critical, Severity.Major, Severity.Minor, Severity.Info];

    /// <summary>The place of a severity; -1, before all others, for one that is not known.</summary>
    public static int Of(string? severity) =>
        Array.FindIndex(s_gravestFirst, known => string.Equals(known, severity, StringComparison.OrdinalIgnoreCase));
}
