using System;
using System.Collections.Generic;
using System.Linq;

namespace MediaMagic.Tests.Errors;

/// <summary>Rows of a table as the documents have it, without the marks around code.</summary>
internal static class MarkdownTable
{
    /// <summary>The cells of each row below the heading.</summary>
    public static IEnumerable<string[]> Rows(string file) => Vectors.ReadFile(file)
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Skip(2)
        .Select(static line => line.Trim().Trim('|').Split('|').Select(static cell => cell.Trim().Replace("`", string.Empty)).ToArray());
}
