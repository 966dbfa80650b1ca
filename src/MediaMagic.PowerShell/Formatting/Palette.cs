using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Reflection;

namespace MediaMagic.Formatting;

/// <summary>Colours for states, where the host wants them.</summary>
internal static class Palette
{
    internal const string Good = "\u001b[32m";
    internal const string Bad = "\u001b[31m";
    internal const string Waiting = "\u001b[33m";
    internal const string Slight = "\u001b[36m";
    private const string Reset = "\u001b[0m";

    // $PSStyle: found by name, since Windows PowerShell has none.
    private static readonly PropertyInfo? s_style = typeof(PSObject).Assembly.GetType("System.Management.Automation.PSStyle")?.GetProperty("Instance");
    private static readonly PropertyInfo? s_rendering = s_style?.PropertyType.GetProperty("OutputRendering");

    private static readonly Dictionary<string, string> s_words = Words(
        (Good, "complete completed delivered succeeded resolved closed true"),
        (Bad, "failed critical false invalid"),
        (Waiting, "claimed uploading uploaded submitting submitted elsewhere processing pending retrying major open halfopen awaiting_human_input"),
        (Slight, "minor acknowledged"));

    /// <summary>The text in the colour of the word that it is.</summary>
    public static string Paint(string text) => s_words.TryGetValue(text, out string? colour) ? Paint(text, colour) : text;

    /// <summary>The text in that colour.</summary>
    public static string Paint(string text, string colour) => text.Length == 0 || IsPlain() ? text : colour + text + Reset;

    private static bool IsPlain() =>
        !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        || s_style?.GetValue(null) is not object style
        || s_rendering?.GetValue(style)?.ToString() is null or "PlainText";

    private static Dictionary<string, string> Words(params (string Colour, string Words)[] groups) => groups
        .SelectMany(group => group.Words.Split(' '), (group, word) => (Word: word, group.Colour))
        .ToDictionary(pair => pair.Word, pair => pair.Colour, StringComparer.OrdinalIgnoreCase);
}
