namespace MediaMagic.Tests.Files.Samples;

/// <summary>AVI, WAV and WebP.</summary>
internal static class Riff
{
    public static byte[] Of(string form, string mark = "RIFF")
    {
        (string chunk, int length) = form switch
        {
            "WAVE" => ("fmt ", 16),
            "AVI " => ("LIST", 64),
            _ => ("VP8 ", 20),
        };
        return new Bytes().Ascii(mark).Little((ulong)(12 + length), 4).Ascii(form)
            .Ascii(chunk).Little((ulong)length, 4).Fill(length, 1).ToArray();
    }
}
