using System.Globalization;

namespace MediaMagic.Files;

/// <summary>Sizes as people say them.</summary>
internal static class ByteSize
{
    private static readonly string[] s_units = ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    /// <summary>A size such as "50 MiB"; one that is not round has its bytes beside it: "5.2 MiB (5,452,596 bytes)".</summary>
    public static string Describe(long length)
    {
        string bytes = length.ToString("N0", CultureInfo.InvariantCulture) + (length == 1 ? " byte" : " bytes");
        if (length < 1024)
        {
            return bytes;
        }

        double size = length / 1024.0;
        int unit = 0;
        while (size >= 1024 && unit < s_units.Length - 1)
        {
            size /= 1024;
            unit++;
        }

        long whole = 1L << (10 * (unit + 1));
        string rounded = size.ToString("0.#", CultureInfo.InvariantCulture) + " " + s_units[unit];
        return length % whole == 0 ? rounded : $"{rounded} ({bytes})";
    }
}
