using System;

namespace MediaMagic;

/// <summary>Parses addresses from text that others wrote.</summary>
internal static class UriText
{
    /// <summary>The absolute address; null when the text is not one.</summary>
    public static Uri? Parse(string? text)
    {
        try
        {
            // A Uri parses some of its parts on first use, and throws then.
            return Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.AbsoluteUri.Length > 0 && address.IdnHost is not null ? address : null;
        }
        catch (Exception)
        {
            // TryCreate itself throws more than one kind of exception.
            return null;
        }
    }
}
