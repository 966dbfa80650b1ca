using System.Collections.Generic;
using System.IO;
using System.Linq;
using MediaMagic.Files;
using MediaMagic.Tests.Files.Samples;
using Xunit;

namespace MediaMagic.Tests.Files;

/// <summary>What the bytes of every accepted type, and of what is mistaken for them, are found to be.</summary>
public class DetectionTests
{
    public static TheoryData<string> Samples => [.. SampleFiles.All.Select(static sample => sample.Name)];

    public static TheoryData<string, string?, string> Strangers => new()
    {
        { "webm", MediaType.WebM, "video/x-matroska" },
        { "m4a", MediaType.Mp4Audio, "video/mp4" },
        { "3gp", MediaType.ThreeGpp, "video/mp4" },
        { "heic", MediaType.Heic, "video/mp4" },
        { "avif", MediaType.Avif, "video/mp4" },
        { "mov", MediaType.QuickTime, "video/mp4" },
        { "mp4", MediaType.Mp4, "video/quicktime" },
        { "theora", MediaType.OggVideo, "audio/ogg" },
        { "aac", MediaType.Aac, "audio/mpeg" },
        { "tagged aac", MediaType.Aac, "audio/mpeg" },
        { "mp3", MediaType.Mpeg, "audio/aac" },
        { "flac", MediaType.Flac, "audio/mpeg" },
        { "tagged flac", MediaType.Flac, "audio/mpeg" },
        { "animated cursor", null, "audio/wav" },
        { "wav", MediaType.Wav, "video/x-msvideo" },
        { "webp", MediaType.WebP, "image/png" },
        { "html", MediaType.Html, "image/svg+xml" },
        { "bare html", MediaType.Html, "image/svg+xml" },
        { "wide html", MediaType.Html, "image/svg+xml" },
        { "xml", MediaType.Xml, "image/svg+xml" },
        { "shouted svg", MediaType.Text, "image/svg+xml" },
        { "svg further down", MediaType.Text, "image/svg+xml" },
        { "only a comment", MediaType.Text, "image/svg+xml" },
        { "xls", MediaType.Excel, "application/msword" },
        { "ppt", MediaType.PowerPoint, "application/msword" },
        { "msg", MediaType.Outlook, "application/msword" },
        { "msi", MediaType.CompoundFile, "application/msword" },
        { "xls with a doc in it", MediaType.Excel, "application/msword" },
        { "docx", MediaType.WordXml, "application/msword" },
        { "rtf", MediaType.Rtf, "application/msword" },
        { "doc", MediaType.Word, MediaType.WordXml },
        { "xlsx", MediaType.ExcelXml, MediaType.WordXml },
        { "pptx", MediaType.PowerPointXml, MediaType.WordXml },
        { "docm", MediaType.WordMacro, MediaType.WordXml },
        { "epub", "application/epub+zip", MediaType.WordXml },
        { "odt", "application/vnd.oasis.opendocument.text", MediaType.WordXml },
        { "jar", MediaType.Jar, MediaType.WordXml },
        { "zip", MediaType.Zip, MediaType.WordXml },
        { "zip of a word folder", MediaType.Zip, MediaType.WordXml },
        { "empty zip", MediaType.Zip, MediaType.WordXml },
        { "zeros", null, "text/plain" },
        { "nul in text", null, "text/plain" },
        { "control in text", null, "text/plain" },
        { "utf-16 with a control", null, "text/plain" },
        { "utf-16 with half a pair", null, "text/plain" },
        { "utf-32 beyond unicode", null, "text/plain" },
        { "png", MediaType.Png, "text/plain" },
        { "utf-16 text", MediaType.Text, "audio/mpeg" },
        { "pdf mark far down", MediaType.Text, "application/pdf" },
        { "words like an atom", MediaType.Text, "video/quicktime" },
    };

    [Theory]
    [MemberData(nameof(Samples))]
    public void Samples_are_what_they_are(string name)
    {
        Sample sample = SampleFiles.All.Single(sample => sample.Name == name);
        Detection found = Detect(sample.Bytes);
        Assert.True(found.Admits(FileTypes.ByContentType(sample.ContentType)!), $"found {found}");
        if (name is not ("junk-first.pdf" or "prefixed.svg"))
        {
            Assert.Equal(sample.ContentType, found.ContentType);
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Samples_are_nothing_else(string name)
    {
        Sample sample = SampleFiles.All.Single(sample => sample.Name == name);
        Detection found = Detect(sample.Bytes);
        IEnumerable<string> admitted = FileTypes.ContentTypes.Where(type => found.Admits(FileTypes.ByContentType(type)!));
        string[] expected = sample.ContentType switch
        {
            "audio/wav" => ["audio/wav", "audio/x-wav"],
            "image/svg+xml" => ["image/svg+xml", "text/plain"],
            _ when name == "junk-first.pdf" => ["application/pdf"],
            _ => [sample.ContentType],
        };
        Assert.Equal(expected, admitted);
    }

    [Theory]
    [MemberData(nameof(Strangers))]
    public void Strangers_are_told_apart(string kind, string? expected, string refused)
    {
        Detection found = Detect(Stranger(kind));
        Assert.Equal(expected, found.ContentType);
        Assert.False(found.Admits(FileTypes.ByContentType(refused)!), $"found {found}");
    }

    [Theory]
    [InlineData("zip header", "PK\u0003\u0004", MediaType.WordXml)]
    [InlineData("compound file header", "\u00D0\u00CF\u0011\u00E0\u00A1\u00B1\u001A\u00E1", MediaType.Word)]
    [InlineData("lone mp3 frame", "\u00FF\u00FB\u0090\u0000", MediaType.Mpeg)]
    [InlineData("lone aac frame", "\u00FF\u00F1\u0050\u0080", MediaType.Aac)]
    [InlineData("tag without a version", "ID3", MediaType.Mpeg)]
    [InlineData("cut ebml", "\u001A\u0045\u00DF\u00A3", MediaType.Matroska)]
    [InlineData("unknown brand", "\0\0\0\u0010ftypzzzz", MediaType.Mp4)]
    public void A_claim_is_believed_where_the_bytes_do_not_tell(string kind, string head, string claimed)
    {
        Detection found = Detect([.. Documents.Latin1(head), .. new byte[64]]);
        Assert.True(found.Admits(FileTypes.ByContentType(claimed)!), $"{kind}: {found}");
        Assert.NotEqual(claimed, found.ContentType);
    }

    [Fact]
    public void What_may_be_goes_beside_what_is()
    {
        // A frame's header whose bytes could as well be letters of an old code page.
        Detection found = Detect(Documents.Latin1("\u00FF\u00FB\u0090dwords"));
        Assert.Equal(new(MediaType.Text, MediaType.Mpeg), found);
    }

    private static Detection Detect(byte[] bytes) => TypeDetector.Detect(new MemoryStream(bytes));

    private static byte[] Stranger(string kind) => kind switch
    {
        "webm" => Ebml.Of("webm"),
        "m4a" => IsoMedia.WithBrands("M4A ", "M4A ", "mp42", "isom"),
        "3gp" => IsoMedia.WithBrands("3gp5", "3gp5", "3gp4"),
        "heic" => IsoMedia.WithBrands("heic", "mif1", "heic", "mp41"),
        "avif" => IsoMedia.WithBrands("avif", "avif", "mif1", "miaf"),
        "mov" => IsoMedia.WithBrands("qt  ", "qt  "),
        "mp4" => IsoMedia.WithBrands("mp42", "mp42", "isom"),
        "theora" => Ogg.Theora(),
        "aac" => Sound.Aac(4),
        "tagged aac" => Sound.Tagged(Sound.Aac(2), 70_000),
        "mp3" => Sound.Mp3(4),
        "flac" => Documents.Latin1("fLaC\0\0\0\u0022"),
        "tagged flac" => Sound.Tagged(Documents.Latin1("fLaC\0\0\0\u0022"), withFooter: true),
        "animated cursor" => Riff.Of("ACON"),
        "wav" => Riff.Of("WAVE"),
        "webp" => Riff.Of("WEBP"),
        "html" => Documents.Utf8(Documents.Html),
        "bare html" => Documents.Utf8("<!-- note --><HTML lang=en><svg></svg>"),
        "wide html" => Documents.Utf16(Documents.Html),
        "xml" => Documents.Utf8("<?xml version=\"1.0\"?>\n<feed><svg xmlns=\"http://www.w3.org/2000/svg\"/></feed>"),
        "shouted svg" => Documents.Utf8("<SVG></SVG>"),
        "svg further down" => Documents.Utf8("An element: " + Documents.SvgElement),
        "only a comment" => Documents.Utf8("<!-- <svg> -->"),
        "xls" => CompoundFile.Xls(),
        "ppt" => CompoundFile.Of(["Current User", "PowerPoint Document"]),
        "msg" => CompoundFile.Of(["__nameid_version1.0", "__properties_version1.0"]),
        "msi" => CompoundFile.Of(["\u4840\u3F3F\u4577\u446C\u3B6A\u45E4\u4824"]),
        "xls with a doc in it" => CompoundFile.Of(["Workbook"], nested: ["WordDocument", "1Table"]),
        "docx" => Archive.Docx(),
        "rtf" => Documents.Utf8(@"{\rtf1\ansi text}"),
        "doc" => CompoundFile.Doc(),
        "xlsx" => Archive.Xlsx(),
        "pptx" => Archive.Pptx(),
        "docm" => Archive.Of("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
        "epub" => Archive.OfType("application/epub+zip", "META-INF/container.xml"),
        "odt" => Archive.OfType("application/vnd.oasis.opendocument.text", "content.xml"),
        "jar" => Archive.Of("META-INF/MANIFEST.MF", "word/document.xml"),
        "zip" => Archive.Of("a.txt", "b.txt"),
        "zip of a word folder" => Archive.Of("word/list.txt"),
        "empty zip" => Archive.Of(),
        "zeros" => new byte[5000],
        "nul in text" => Documents.Utf8("text\0text"),
        "control in text" => Documents.Utf8("text\u0001text"),
        "utf-16 with a control" => Documents.Utf16("text\u0001text"),
        "utf-16 with half a pair" => [0xFF, 0xFE, 0x41, 0, 0, 0xDC, 0x41, 0],
        "utf-32 beyond unicode" => [0xFF, 0xFE, 0, 0, 0x41, 0, 0, 0, 0, 0, 0x11, 0],
        "png" => Pictures.Png(),
        "utf-16 text" => Documents.Utf16(new string('\u4242', 3000)),
        "pdf mark far down" => Documents.Utf8(new string('x', 1024) + "%PDF-1.4"),
        "words like an atom" => Documents.Utf8("The moov atom comes first."),
        _ => throw new InvalidDataException(kind),
    };
}
