using System;
using System.Text;

namespace MediaMagic.Errors;

/// <summary>Tells cheaply that a body holds no secret: one pass, without the maps that masking needs.</summary>
internal static class SecretScan
{
    private const int MaxEntity = 32;

    /// <summary>Returns a value indicating whether the body may hold one of the secrets, in any case and with gaps inside.</summary>
    public static bool MayHold(ReadOnlySpan<byte> body, string[] secrets) =>
        secrets.Length > 0 && (!Array.TrueForAll(secrets, IsPlain) || Compact(body) is not string text
            || Array.Exists(secrets, secret => text.Contains(secret, StringComparison.OrdinalIgnoreCase)));

    private static bool IsPlain(string secret)
    {
        foreach (char c in secret)
        {
            if (c is <= ' ' or > '~' or '\\' or '%' or '&')
            {
                return false;
            }
        }

        return true;
    }

    // The visible ASCII characters; null when an escape may stand for one of them.
    private static string? Compact(ReadOnlySpan<byte> body)
    {
        byte[] plain = new byte[body.Length];
        int length = 0;
        for (int at = 0; at < body.Length; at++)
        {
            byte c = body[at];
            byte next = at + 1 < body.Length ? body[at + 1] : default;
            switch (c)
            {
                case (byte)'\\' when next is (byte)'n' or (byte)'r' or (byte)'t' or (byte)'b' or (byte)'f':
                    at++;
                    break;
                case (byte)'\\' when next is (byte)'"' or (byte)'/':
                    break;
                case (byte)'\\' or 0x1b:
                case (byte)'%' when Uri.IsHexDigit((char)next):
                case (byte)'&' when body.Slice(at, Math.Min(MaxEntity, body.Length - at)).IndexOf((byte)';') > 0:
                    return null;
                case > (byte)' ' and <= (byte)'~':
                    plain[length++] = c;
                    break;
            }
        }

        return Encoding.ASCII.GetString(plain, 0, length);
    }
}
