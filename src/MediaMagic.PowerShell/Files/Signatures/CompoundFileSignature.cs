using System;

namespace MediaMagic.Files;

/// <summary>The container of old Office files, installers and saved mails; only those of Word hold a Word document.</summary>
internal static class CompoundFileSignature
{
    private static ReadOnlySpan<byte> Magic => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    public static Detection Detect(ByteWindow window)
    {
        if (!window.Head.StartsWith(Magic))
        {
            return Detection.None;
        }

        CompoundDirectory directory = CompoundDirectory.Read(window);
        string? kind = null;
        foreach (string name in directory.RootNames)
        {
            kind = name switch
            {
                "WordDocument" => MediaType.Word,
                "Workbook" or "Book" => MediaType.Excel,
                "PowerPoint Document" => MediaType.PowerPoint,
                "__properties_version1.0" => MediaType.Outlook,
                _ => kind,
            };
        }

        return (kind, directory.IsComplete) switch
        {
            (not null, _) => new(kind),
            (null, true) => new(MediaType.CompoundFile),
            (null, false) => new(MediaType.CompoundFile, MediaType.Word),
        };
    }
}
