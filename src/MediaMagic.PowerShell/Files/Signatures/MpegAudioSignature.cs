using System;

namespace MediaMagic.Files;

/// <summary>MPEG audio without a tag: a frame, and another one where the first ends.</summary>
internal static class MpegAudioSignature
{
    public static Detection Detect(ByteWindow window)
    {
        if (!MpegFrame.TryRead(window.Head, out MpegFrame frame))
        {
            return Detection.None;
        }

        if (IsFollowed(window, frame))
        {
            return new(MediaType.Mpeg);
        }

        // A lone header is not proof, and one of layer I is a byte order mark as well.
        return frame.Layer == 1 ? Detection.None : new(null, MediaType.Mpeg);
    }

    private static bool IsFollowed(ByteWindow window, MpegFrame frame)
    {
        // Of a free format only its player knows the frames' length.
        if (frame.Length == 0)
        {
            return false;
        }

        ReadOnlySpan<byte> next = window.At(frame.Length, 8);
        return frame.Length == window.Length
            || next.StartsWith("TAG"u8)
            || next.StartsWith("APETAGEX"u8)
            || (MpegFrame.TryRead(next, out MpegFrame following) && following.IsSameStream(frame));
    }
}
