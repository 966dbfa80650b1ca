using System;

namespace MediaMagic.Tests.IO;

/// <summary>The Unicode forms of one letter. The tests run without tables of Unicode.</summary>
internal static class Forms
{
    /// <summary>Composes the letter.</summary>
    public static string Compose(string text) =>
        text.Replace("e\u0301", "\u00E9", StringComparison.Ordinal).Replace("E\u0301", "\u00C9", StringComparison.Ordinal);
}
