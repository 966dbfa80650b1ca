using System;
using System.IO;

namespace MediaMagic.Files;

/// <summary>Tells a file's type from its bytes.</summary>
internal static class TypeDetector
{
    private static readonly Func<ByteWindow, Detection>[] s_signatures =
    [
        MagicSignature.Detect,
        PdfSignature.DetectAtStart,
        IsoMediaSignature.Detect,
        RiffSignature.Detect,
        MatroskaSignature.Detect,
        OggSignature.Detect,
        CompoundFileSignature.Detect,
        ZipSignature.Detect,
        TaggedAudioSignature.Detect,
        MpegAudioSignature.Detect,
        AdtsSignature.Detect,
        TextSignature.Detect,
        PdfSignature.DetectWithin,
    ];

    /// <summary>What the bytes of a stream are.</summary>
    public static Detection Detect(Stream stream)
    {
        using ByteWindow window = new(stream);
        return Detect(window);
    }

    /// <summary>What the bytes in a window are.</summary>
    public static Detection Detect(ByteWindow window)
    {
        // What only may be goes beside what certainly is.
        string? perhaps = null;
        foreach (Func<ByteWindow, Detection> signature in s_signatures)
        {
            Detection found = signature(window);
            if (found.ContentType is not null)
            {
                return found with { Also = found.Also ?? perhaps };
            }

            perhaps ??= found.Also;
        }

        return new(null, perhaps);
    }
}
