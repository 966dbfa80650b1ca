using System.Linq;
using MediaMagic.Files;
using Xunit;

namespace MediaMagic.Tests.Files;

/// <summary>The catalogue against the service's own list.</summary>
public class FileTypesTests
{
    private const string Docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    [Theory]
    [InlineData("video", 5368709120, "video/mp4 video/quicktime video/x-msvideo video/x-matroska")]
    [InlineData("audio", 524288000, "audio/mpeg audio/wav audio/x-wav audio/aac audio/ogg")]
    [InlineData("image", 52428800, "image/jpeg image/png image/gif image/webp image/svg+xml")]
    [InlineData("document", 104857600, "application/pdf application/msword " + Docx + " text/plain")]
    public void Categories_have_their_types_and_limits(string category, long limit, string types)
    {
        Assert.Equal(types.Split(' '), FileTypes.InCategory(category));
        Assert.All(FileTypes.InCategory(category), type => Assert.Equal(limit, FileTypes.MaxLength(type)));
        Assert.All(FileTypes.InCategory(category), type => Assert.Equal(category, FileTypes.CategoryOf(type)));
    }

    [Fact]
    public void There_are_18_types_in_4_categories()
    {
        Assert.Equal(18, FileTypes.ContentTypes.Distinct().Count());
        Assert.Equal(["video", "audio", "image", "document"], FileTypes.Categories);
        Assert.Equal(FileTypes.ContentTypes, FileTypes.Categories.SelectMany(FileTypes.InCategory));
        Assert.Equal(FileTypes.Extensions, FileTypes.Categories.SelectMany(FileTypes.ExtensionsOf));
        Assert.Equal(10485760, FileTypes.DirectLimit);
    }

    [Theory]
    [InlineData("a.mp4", "video/mp4")]
    [InlineData("A.MP4", "video/mp4")]
    [InlineData("/x.y/a.m4v", "video/mp4")]
    [InlineData("a.mov", "video/quicktime")]
    [InlineData("a.qt", "video/quicktime")]
    [InlineData("a.avi", "video/x-msvideo")]
    [InlineData("a.mkv", "video/x-matroska")]
    [InlineData("a.mp3", "audio/mpeg")]
    [InlineData("a.mpga", "audio/mpeg")]
    [InlineData("a.wav", "audio/wav")]
    [InlineData("a.wave", "audio/wav")]
    [InlineData("a.aac", "audio/aac")]
    [InlineData("a.ogg", "audio/ogg")]
    [InlineData("a.oga", "audio/ogg")]
    [InlineData("a.opus", "audio/ogg")]
    [InlineData("a.jpg", "image/jpeg")]
    [InlineData("a.jpeg", "image/jpeg")]
    [InlineData("a.jpe", "image/jpeg")]
    [InlineData("a.jfif", "image/jpeg")]
    [InlineData("a.png", "image/png")]
    [InlineData("a.gif", "image/gif")]
    [InlineData("a.webp", "image/webp")]
    [InlineData("a.svg", "image/svg+xml")]
    [InlineData("a.pdf", "application/pdf")]
    [InlineData("a.doc", "application/msword")]
    [InlineData("a.docx", Docx)]
    [InlineData("a.txt", "text/plain")]
    [InlineData("a.text", "text/plain")]
    [InlineData("a.log", "text/plain")]
    [InlineData("a.md", "text/plain")]
    [InlineData("a.webm", null)]
    [InlineData("a.m4a", null)]
    [InlineData("a.txt.gz", null)]
    [InlineData("txt", null)]
    [InlineData("a.", null)]
    [InlineData("", null)]
    [InlineData("/mp4.mp4/", "video/mp4")]
    [InlineData("folder.mp4/a", null)]
    public void Names_stand_for_types(string name, string? expected) => Assert.Equal(expected, FileTypes.ForName(name));

    [Theory]
    [InlineData("TEXT/Plain; charset=utf-8", 104857600)]
    [InlineData(" image/png", 52428800)]
    [InlineData("text/html", null)]
    [InlineData("", null)]
    public void Content_types_are_read_without_case_and_parameters(string contentType, object? expected) =>
        Assert.Equal(expected is int limit ? limit : null, FileTypes.MaxLength(contentType));

    [Theory]
    [InlineData(0, "0 bytes")]
    [InlineData(1, "1 byte")]
    [InlineData(1023, "1,023 bytes")]
    [InlineData(1024, "1 KiB")]
    [InlineData(1536, "1.5 KiB (1,536 bytes)")]
    [InlineData(52428800, "50 MiB")]
    [InlineData(52428801, "50 MiB (52,428,801 bytes)")]
    [InlineData(5368709120, "5 GiB")]
    [InlineData(long.MaxValue, "8 EiB (9,223,372,036,854,775,807 bytes)")]
    public void Sizes_are_said_for_people(long length, string expected) => Assert.Equal(expected, ByteSize.Describe(length));
}
