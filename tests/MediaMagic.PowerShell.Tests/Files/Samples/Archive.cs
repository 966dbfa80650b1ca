using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;

namespace MediaMagic.Tests.Files.Samples;

/// <summary>Zip archives: Word files and what looks like them.</summary>
internal static class Archive
{
    public static byte[] Docx() => Of("[Content_Types].xml", "_rels/.rels", "docProps/core.xml", "word/document.xml", "word/styles.xml");

    public static byte[] Xlsx() => Of("[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/worksheets/sheet1.xml");

    public static byte[] Pptx() => Of("[Content_Types].xml", "_rels/.rels", "ppt/presentation.xml");

    public static byte[] OfType(string mimeType, params string[] names) => Build(mimeType, 0, names);

    /// <summary>An archive with such entries, each of a few bytes.</summary>
    public static byte[] Of(params string[] names) => Build(null, 0, names);

    /// <summary>A Word file whose thumbnail comes first and is larger than all that may be read.</summary>
    public static byte[] DocxBehind(int thumbnail) => Build(null, thumbnail, "[Content_Types].xml", "word/document.xml");

    /// <summary>An archive with a comment behind its directory.</summary>
    public static byte[] WithComment(byte[] archive, int length) =>
        new Bytes().Raw([.. archive.Take(archive.Length - 2)]).Little((ulong)length, 2).Fill(length, (byte)'c').ToArray();

    private static byte[] Build(string? mimeType, int thumbnail, params string[] names)
    {
        using MemoryStream stream = new();
        using (ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            if (mimeType is not null)
            {
                Add(archive, "mimetype", Encoding.ASCII.GetBytes(mimeType));
            }

            if (thumbnail > 0)
            {
                Add(archive, "docProps/thumbnail.jpeg", new byte[thumbnail]);
            }

            foreach (string name in names)
            {
                Add(archive, name, Encoding.ASCII.GetBytes($"content of {name}"));
            }
        }

        return stream.ToArray();
    }

    private static void Add(ZipArchive archive, string name, byte[] content)
    {
        using Stream entry = archive.CreateEntry(name, CompressionLevel.NoCompression).Open();
        entry.Write(content);
    }
}
