using System;
using System.Buffers;

namespace MediaMagic.Files;

/// <summary>
/// Text, and the markup among it. Bytes without strange control characters are text in any language: the old code pages cannot be
/// told from one another, and a file that is not valid UTF-8 is no less a text.
/// </summary>
internal static class TextSignature
{
    public static Detection Detect(ByteWindow window)
    {
        while (true)
        {
            if (Scan(window.Head) is not Markup markup)
            {
                return Detection.None;
            }

            // A long licence or document type before the first element is no reason to give up.
            if (markup == Markup.Unfinished && window.Grow())
            {
                continue;
            }

            return markup switch
            {
                Markup.Svg => new(MediaType.Svg, MediaType.Text),
                Markup.Html => new(MediaType.Html, MediaType.Text),
                Markup.Xml => new(MediaType.Xml, MediaType.Text),
                Markup.Unfinished when !window.IsWhole => new(MediaType.Text, MediaType.Svg),
                _ => new(MediaType.Text, PdfSignature.IsWithin(window.Head) ? MediaType.Pdf : null),
            };
        }
    }

    private static Markup? Scan(ReadOnlySpan<byte> head)
    {
        (TextEncoding encoding, int mark) = TextHead.Recognise(head);
        ReadOnlySpan<byte> text = head.Slice(mark);
        if (encoding == TextEncoding.Narrow)
        {
            return TextHead.IsText(text) ? MarkupScanner.Scan(text) : null;
        }

        byte[] narrow = ArrayPool<byte>.Shared.Rent(text.Length);
        try
        {
            return TextHead.TryNarrow(text, encoding, narrow, out int count) ? MarkupScanner.Scan(narrow.AsSpan(0, count)) : null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(narrow);
        }
    }
}
