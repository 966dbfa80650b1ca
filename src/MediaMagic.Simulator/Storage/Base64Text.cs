using System;

namespace MediaMagic.Simulator;

/// <summary>Reads base64 that a client sent.</summary>
internal static class Base64Text
{
    /// <summary>Decodes a text, or returns null when it is not base64.</summary>
    public static byte[]? Decode(string text)
    {
        try
        {
            return Convert.FromBase64String(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
