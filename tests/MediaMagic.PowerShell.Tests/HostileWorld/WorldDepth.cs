using System;
using System.Globalization;

namespace MediaMagic.Tests.HostileWorld;

/// <summary>
/// How many attempts to create a submission the world decides. MEDIAMAGIC_SOAK=1: one more than usual. MEDIAMAGIC_DEPTH: at most that many.
/// </summary>
internal static class WorldDepth
{
    private const string Variable = "MEDIAMAGIC_DEPTH";

    /// <summary>Gets a value indicating whether the whole campaign is wanted.</summary>
    public static bool IsSoak { get; } = Environment.GetEnvironmentVariable("MEDIAMAGIC_SOAK") == "1";

    /// <summary>Returns the depth of this run for a test whose usual depth is the one given.</summary>
    public static int Of(int usual)
    {
#if STANDARD
        // The worlds are those of the other build, and only the way through the platform differs.
        int depth = Math.Min(usual, 1);
#else
        int depth = IsSoak ? usual + 1 : usual;
#endif
        return int.TryParse(Environment.GetEnvironmentVariable(Variable), NumberStyles.None, CultureInfo.InvariantCulture, out int limit) ? Math.Min(depth, limit) : depth;
    }
}
