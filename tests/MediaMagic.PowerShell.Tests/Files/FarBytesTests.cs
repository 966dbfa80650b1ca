using System;
using System.IO;
using System.Linq;
using MediaMagic.Files;
using MediaMagic.Tests.Files.Samples;
using Xunit;

namespace MediaMagic.Tests.Files;

/// <summary>Files whose tell-tale bytes are far from their start, and how little is read of any file.</summary>
public class FarBytesTests
{
    [Fact]
    public void A_Word_file_is_known_by_the_directory_at_its_end()
    {
        AssertFound(MediaType.WordXml, Archive.DocxBehind(thumbnail: 300_000));
        AssertFound(MediaType.WordXml, Archive.WithComment(Archive.DocxBehind(thumbnail: 300_000), 2000));
    }

    [Fact]
    public void Many_entries_do_not_hide_the_Word_document()
    {
        string[] pictures = [.. Enumerable.Range(0, 300).Select(static i => $"docProps/picture{i:D5}.png")];
        AssertFound(MediaType.WordXml, Archive.Of([.. pictures, "[Content_Types].xml", "word/document.xml"]));
    }

    [Fact]
    public void A_cut_Word_file_is_known_by_its_beginning()
    {
        byte[] whole = Archive.Docx();
        AssertFound(MediaType.WordXml, [.. whole.Take(whole.Length - 30)]);
    }

    [Fact]
    public void A_cut_archive_of_other_things_is_no_Word_file()
    {
        byte[] whole = Archive.Of("a.txt", "b.txt");
        Detection found = TypeDetector.Detect(new MemoryStream([.. whole.Take(whole.Length - 30)]));
        Assert.Equal(new(MediaType.Zip), found);
    }

    [Fact]
    public void A_directory_that_leads_back_to_itself_ends()
    {
        byte[] bytes = CompoundFile.Of(["Stream", "Workbook"], directoryAt: 3);
        int lastEntry = (4 * 512) + (2 * 128);
        bytes[lastEntry + 72] = 2;
        bytes.AsSpan(lastEntry + 73, 3).Clear();
        Assert.Equal(MediaType.Excel, TypeDetector.Detect(new MemoryStream(bytes)).ContentType);

        // And so does its chain of sectors.
        byte[] chained = CompoundFile.Of([.. Enumerable.Range(0, 9).Select(static i => $"Stream{i}")], directoryAt: 3);
        new byte[] { 3, 0, 0, 0 }.CopyTo(chained, 512 + (5 * 4));
        CountingStream stream = new(chained);
        TypeDetector.Detect(stream);
        Assert.InRange(stream.Total, 1, ByteWindow.Budget);
    }

    [Theory]
    [InlineData(3, 9)]
    [InlineData(100, 9)]
    [InlineData(5000, 9)]
    [InlineData(3, 12)]
    [InlineData(40, 12)]
    public void An_old_Word_file_is_known_by_its_directory_wherever_it_is(int directoryAt, int shift)
    {
        string[] names = [.. Enumerable.Range(0, 12).Select(static i => $"Stream{i}"), "WordDocument"];
        AssertFound(MediaType.Word, CompoundFile.Of(names, ["Workbook"], directoryAt, shift));
    }

    [Fact]
    public void A_long_comment_does_not_hide_the_svg()
    {
        AssertFound(MediaType.Svg, Documents.Utf8("<!--" + new string('x', 30_000) + "-->" + Documents.SvgElement));
        AssertFound(MediaType.Svg, Documents.Utf16("<!--" + new string('x', 20_000) + "-->" + Documents.SvgElement));
    }

    [Fact]
    public void An_svg_that_begins_beyond_what_may_be_read_is_believed()
    {
        byte[] bytes = Documents.Utf8("<!--" + new string('x', 70_000) + "-->" + Documents.SvgElement);
        Detection found = TypeDetector.Detect(new MemoryStream(bytes));
        Assert.True(found.Admits(FileTypes.ByContentType(MediaType.Svg)!));
        Assert.Equal(MediaType.Text, found.ContentType);
    }

    [Fact]
    public void Binary_behind_a_long_comment_is_no_text()
    {
        byte[] bytes = [.. Documents.Utf8("<!--" + new string('x', 10_000) + "-->"), 0, 1, 2];
        Assert.Null(TypeDetector.Detect(new MemoryStream(bytes)).ContentType);
    }

    [Fact]
    public void A_character_cut_at_the_end_of_the_head_is_fine()
    {
        for (int i = 0; i < 4; i++)
        {
            AssertFound(MediaType.Text, Documents.Utf8(new string('a', ByteWindow.FirstHead - 4 + i) + "\U0001F600 and more"));
            AssertFound(MediaType.Text, Documents.Utf16(new string('a', (ByteWindow.FirstHead / 2) - 4 + i) + "\U0001F600 and more"));
        }
    }

    [Fact]
    public void No_more_is_read_than_allowed()
    {
        byte[][] worst =
        [
            Documents.Utf8("<!--" + new string('x', 200_000)),
            Archive.DocxBehind(200_000),
            Archive.Of([.. Enumerable.Range(0, 3000).Select(static i => $"docProps/{i:D6}")]),
            CompoundFile.Of([.. Enumerable.Range(0, 2000).Select(static i => $"Stream{i}")]),
            CompoundFile.Of([.. Enumerable.Range(0, 2000).Select(static i => $"Stream{i}")], shift: 12),
            Sound.Tagged(Sound.Mp3(3), 200_000),
        ];
        Assert.All(worst, static bytes =>
        {
            CountingStream stream = new(bytes);
            TypeDetector.Detect(stream);
            Assert.InRange(stream.Total, 1, ByteWindow.Budget);
        });
    }

    [Fact]
    public void Common_files_cost_one_small_read()
    {
        foreach (Sample sample in SampleFiles.All)
        {
            CountingStream stream = new([.. sample.Bytes, .. new byte[100_000]]);
            TypeDetector.Detect(stream);
            int elsewhere = sample.ContentType is MediaType.WordXml or MediaType.Word ? 40_000 : 1024;
            Assert.InRange(stream.Total, 1, ByteWindow.FirstHead + elsewhere);
        }
    }

    [Fact]
    public void Short_reads_are_put_together()
    {
        foreach (Sample sample in SampleFiles.All)
        {
            Detection whole = TypeDetector.Detect(new MemoryStream(sample.Bytes));
            Assert.Equal(whole, TypeDetector.Detect(new CountingStream(sample.Bytes, atOnce: 7)));
        }
    }

    private static void AssertFound(string expected, byte[] bytes) =>
        Assert.Equal(expected, TypeDetector.Detect(new MemoryStream(bytes)).ContentType);
}
