namespace MediaMagic.Files;

/// <summary>How the characters of a text are laid out.</summary>
internal enum TextEncoding
{
    /// <summary>A byte or several a character, ASCII among them: UTF-8 and the old code pages.</summary>
    Narrow,
    Utf16LittleEndian,
    Utf16BigEndian,
    Utf32LittleEndian,
    Utf32BigEndian,
}
