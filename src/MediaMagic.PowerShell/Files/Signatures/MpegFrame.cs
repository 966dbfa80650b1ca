using System;

namespace MediaMagic.Files;

/// <summary>The header of an MPEG audio frame.</summary>
internal readonly struct MpegFrame
{
    private const int HeaderLength = 4;

    // Kilobits a second by the header's four bits, of MPEG 1 layers I, II, III and MPEG 2 layers I, II and III.
    private static readonly int[][] s_bitRates =
    [
        [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
        [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
        [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
        [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
        [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
        [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
    ];

    private static readonly int[] s_sampleRates = [44100, 48000, 32000];

    private MpegFrame(int version, int layer, int sampleRate, int length)
    {
        Version = version;
        Layer = layer;
        SampleRate = sampleRate;
        Length = length;
    }

    /// <summary>The layer, 1 to 3.</summary>
    public int Layer { get; }

    /// <summary>The whole frame's length in bytes; 0 when its header does not tell.</summary>
    public int Length { get; }

    private int Version { get; }

    private int SampleRate { get; }

    public static bool TryRead(ReadOnlySpan<byte> bytes, out MpegFrame frame)
    {
        frame = default;
        if (bytes.Length < HeaderLength || bytes[0] != 0xFF || (bytes[1] & 0xE0) != 0xE0)
        {
            return false;
        }

        // 3 is MPEG 1, 2 is MPEG 2, 0 is MPEG 2.5; the layers count down, and 0 is what AAC has there.
        int version = (bytes[1] >> 3) & 3;
        int layer = 4 - ((bytes[1] >> 1) & 3);
        int bitRate = bytes[2] >> 4;
        int sampleRate = (bytes[2] >> 2) & 3;
        if (version == 1 || layer == 4 || bitRate == 15 || sampleRate == 3)
        {
            return false;
        }

        int hertz = s_sampleRates[sampleRate] >> (version == 3 ? 0 : version == 2 ? 1 : 2);
        int bits = s_bitRates[(version == 3 ? 0 : 3) + layer - 1][bitRate] * 1000;
        int padding = (bytes[2] >> 1) & 1;
        int length = (bits, layer) switch
        {
            (0, _) => 0,
            (_, 1) => ((12 * bits / hertz) + padding) * 4,
            (_, 3) when version != 3 => (72 * bits / hertz) + padding,
            _ => (144 * bits / hertz) + padding,
        };
        frame = new(version, layer, hertz, length);
        return true;
    }

    /// <summary>Whether two frames can be of one stream.</summary>
    public bool IsSameStream(MpegFrame other) => Version == other.Version && Layer == other.Layer && SampleRate == other.SampleRate;
}
