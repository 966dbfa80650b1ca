namespace MediaMagic.Files;

/// <summary>What a text's first element makes of it.</summary>
internal enum Markup
{
    /// <summary>No markup, or none that we know.</summary>
    None,
    Svg,
    Html,
    Xml,

    /// <summary>It begins like markup and ends before its first element.</summary>
    Unfinished,
}
