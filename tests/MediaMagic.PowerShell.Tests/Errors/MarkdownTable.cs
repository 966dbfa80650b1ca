using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace MediaMagic.Tests.Errors;

/// <summary>Rows of a table as the documents have it, without the marks around code and in front of what is assumed or contradicted.</summary>
internal static class MarkdownTable
{
    private static readonly Regex s_marks = new(@"`|\b[SAC]: ");

    /// <summary>The cells of each row below the heading.</summary>
    public static IEnumerable<string[]> Rows(string file) => Vectors.ReadFile(file)
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Skip(2)
        .Select(static line => line.Trim().Trim('|').Split('|').Select(static cell => s_marks.Replace(cell.Trim(), string.Empty)).ToArray());
}
