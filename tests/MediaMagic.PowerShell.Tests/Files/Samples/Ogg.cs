namespace MediaMagic.Tests.Files.Samples;

/// <summary>Ogg files of one or several streams.</summary>
internal static class Ogg
{
    public static byte[] Vorbis() => Of("\u0001vorbis");

    public static byte[] Opus() => Of("OpusHead");

    public static byte[] Theora() => Of("fishead\0", "\u0001vorbis", "\u0080theora");

    public static byte[] Of(params string[] codecs)
    {
        Bytes bytes = new();
        for (int i = 0; i < codecs.Length; i++)
        {
            Page(bytes, 2, i, codecs[i]);
        }

        Page(bytes, 0, 0, "data");
        return bytes.ToArray();
    }

    private static void Page(Bytes bytes, byte flags, int serial, string start)
    {
        bytes.Ascii("OggS").Raw(0, flags).Fill(8).Little((ulong)serial, 4).Fill(8).Raw(2, 30, 10);
        foreach (char character in start)
        {
            bytes.Raw((byte)character);
        }

        bytes.Fill(40 - start.Length);
    }
}
