using System.Linq;
using MediaMagic.Files;
using MediaMagic.Tests.Files.Samples;
using Xunit;

namespace MediaMagic.Tests.Files;

/// <summary>What a check answers.</summary>
public sealed class FileCheckerTests : System.IDisposable
{
    private readonly FileChecker _checker = new();
    private readonly TempFolder _folder = new();

    public static TheoryData<string> Samples => [.. SampleFiles.All.Select(static sample => sample.Name)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Samples))]
    public void Good_files_are_valid(string name)
    {
        Sample sample = SampleFiles.All.Single(sample => sample.Name == name);
        string path = _folder.Write(sample.Name, sample.Bytes);
        FileCheck check = _checker.Check(path);

        Assert.True(check.IsValid, check.ToString());
        Assert.Empty(check.Problems);
        Assert.Equal(path, check.Path);
        Assert.Equal(sample.Name, check.Name);
        Assert.Equal(sample.Bytes.Length, check.Length);
        Assert.Equal(sample.ContentType, check.ContentType);
        Assert.Equal(FileTypes.CategoryOf(sample.ContentType), check.Category);
        Assert.Equal(FileTypes.MaxLength(sample.ContentType), check.MaxLength);
        Assert.Equal("Direct", check.UploadMethod);
    }

    [Fact]
    public void Every_accepted_type_has_a_sample() =>
        Assert.Empty(FileTypes.ContentTypes.Except(SampleFiles.All.Select(static sample => sample.ContentType)).Except(["audio/x-wav"]));

    [Fact]
    public void A_missing_file_is_told()
    {
        FileCheck check = AssertProblems(_folder.At("none.mp4"), null, FileProblemCode.NotFound);
        Assert.Equal("none.mp4", check.Name);
        Assert.Equal("video/mp4", check.ContentType);
        Assert.Null(check.Length);
        Assert.Null(check.UploadMethod);
    }

    [Fact]
    public void An_empty_file_is_told()
    {
        FileCheck check = AssertProblems(_folder.Write("empty.txt", []), null, FileProblemCode.Empty);
        Assert.Equal(0, check.Length);
        AssertProblems(_folder.Write("empty", []), null, FileProblemCode.Empty);
        AssertProblems(_folder.Write("empty.xyz", []), null, FileProblemCode.Empty, FileProblemCode.UnsupportedType);
    }

    [Theory]
    [InlineData("clip.webm", "video/webm")]
    [InlineData("book.xlsx", MediaType.ExcelXml)]
    [InlineData("page.html", MediaType.Html)]
    [InlineData("words.xyz", MediaType.Text)]
    [InlineData("random.bin", null)]
    [InlineData("random", null)]
    public void An_unsupported_type_is_told(string name, string? detected)
    {
        byte[] bytes = name switch
        {
            "clip.webm" => Ebml.Of("webm"),
            "book.xlsx" => Archive.Xlsx(),
            "page.html" => Documents.Utf8(Documents.Html),
            "words.xyz" => Documents.Utf8("words"),
            _ => [0, 1, 2, 3],
        };
        FileCheck check = AssertProblems(_folder.Write(name, bytes), null, FileProblemCode.UnsupportedType);
        Assert.Equal(detected, check.DetectedType);
        Assert.Null(check.Category);
        Assert.Null(check.MaxLength);
        Assert.Contains("mp4", check.Problems[0].Message);
    }

    [Theory]
    [InlineData("photo", "image/png")]
    [InlineData("photo.", "image/png")]
    [InlineData("photo.bak", "image/png")]
    [InlineData("README", "text/plain")]
    [InlineData("drawing", "image/svg+xml")]
    public void Without_a_known_extension_the_bytes_decide(string name, string expected)
    {
        byte[] bytes = expected switch
        {
            "image/png" => Pictures.Png(),
            "image/svg+xml" => Documents.Utf8(Documents.SvgElement),
            _ => Documents.Utf8("words"),
        };
        FileCheck check = AssertProblems(_folder.Write(name, bytes), null);
        Assert.Equal(expected, check.ContentType);
    }

    [Fact]
    public void A_wrong_name_is_told()
    {
        FileCheck check = AssertProblems(_folder.Write("photo.jpg", Pictures.Png()), null, FileProblemCode.TypeMismatch);
        Assert.Equal("image/jpeg", check.ContentType);
        Assert.Equal("image/png", check.DetectedType);
        Assert.Contains("image/jpeg", check.Problems[0].Message);
        Assert.Contains("image/png", check.Problems[0].Message);
        AssertProblems(_folder.Write("noise.mp4", [9, 8, 7, 6, 5, 4, 3, 2, 1, 0]), null, FileProblemCode.TypeMismatch);
    }

    [Theory]
    [InlineData("audio/wav", "audio/wav")]
    [InlineData("audio/x-wav", "audio/x-wav")]
    [InlineData("AUDIO/X-WAV", "audio/x-wav")]
    [InlineData(" audio/wav ; codecs=1", "audio/wav")]
    [InlineData("", "audio/wav")]
    [InlineData("  ", "audio/wav")]
    public void A_declared_type_goes_before_the_name(string declared, string expected)
    {
        FileCheck check = AssertProblems(_folder.Write("tone.wav", Riff.Of("WAVE")), declared);
        Assert.Equal(expected, check.ContentType);
        Assert.Equal("audio/wav", check.DetectedType);
        Assert.Equal(FileCategory.Audio, check.Category);
    }

    [Fact]
    public void A_declared_type_is_checked_against_the_bytes()
    {
        string path = _folder.Write("words.xyz", Documents.Utf8("words"));
        AssertProblems(path, "text/plain; charset=utf-8");
        AssertProblems(path, "video/mp4", FileProblemCode.TypeMismatch);
        Assert.Contains("declared", _checker.Check(path, "video/mp4").Problems[0].Message);
    }

    [Fact]
    public void A_declared_type_that_is_not_accepted_is_told()
    {
        string path = _folder.Write("song.mp3", Sound.Mp3(3));
        FileCheck check = AssertProblems(path, "audio/mp3; x=y", FileProblemCode.UnsupportedType);
        Assert.Equal("audio/mp3", check.ContentType);
        Assert.Null(check.Category);
        Assert.Contains("'audio/mp3'", check.Problems[0].Message);
        Assert.Contains("audio/mpeg", check.Problems[0].Message);
        AssertProblems(_folder.At("none"), "audio/mp3", FileProblemCode.NotFound, FileProblemCode.UnsupportedType);
        AssertProblems(_folder.Write("empty", []), "nonsense", FileProblemCode.Empty, FileProblemCode.UnsupportedType);
    }

    [Fact]
    public void All_problems_are_told_at_once() =>
        AssertProblems(
            _folder.WriteSparse("big.jpg", Pictures.Png(), (50L * 1024 * 1024) + 1),
            null,
            FileProblemCode.TypeMismatch,
            FileProblemCode.TooLarge);

    [Theory]
    [InlineData("clip.mp4", 5L * 1024 * 1024 * 1024, "5 GiB (5,368,709,121 bytes); a video file may have at most 5 GiB.")]
    [InlineData("tone.wav", 500L * 1024 * 1024, "500 MiB (524,288,001 bytes); an audio file may have at most 500 MiB.")]
    [InlineData("shot.png", 50L * 1024 * 1024, "50 MiB (52,428,801 bytes); an image file may have at most 50 MiB.")]
    [InlineData("paper.pdf", 100L * 1024 * 1024, "100 MiB (104,857,601 bytes); a document file may have at most 100 MiB.")]
    public void The_limit_is_the_last_size_that_is_taken(string name, long limit, string message)
    {
        byte[] head = SampleFiles.All.Single(sample => sample.Name == name).Bytes;
        string path = _folder.WriteSparse(name, head, limit);
        FileCheck check = AssertProblems(path, null);
        Assert.Equal(limit, check.MaxLength);
        Assert.Equal("Presigned", check.UploadMethod);

        _folder.WriteSparse(name, head, limit + 1);
        check = AssertProblems(path, null, FileProblemCode.TooLarge);
        Assert.Equal(limit + 1, check.Length);
        Assert.Equal("The file has " + message, check.Problems[0].Message);
    }

    [Theory]
    [InlineData(10 * 1024 * 1024, "Direct")]
    [InlineData((10 * 1024 * 1024) + 1, "Presigned")]
    public void The_way_to_upload_follows_from_the_size(long length, string expected) =>
        Assert.Equal(expected, AssertProblems(_folder.WriteSparse("shot.png", Pictures.Png(), length), null).UploadMethod);

    [Fact]
    public void It_says_itself_in_a_line()
    {
        Assert.Equal("shot.png: valid", _checker.Check(_folder.Write("shot.png", Pictures.Png())).ToString());
        Assert.Equal("none.png: NotFound: There is no such file.", _checker.Check(_folder.At("none.png")).ToString());
    }

    private FileCheck AssertProblems(string path, string? contentType, params string[] codes)
    {
        FileCheck check = _checker.Check(path, contentType);
        Assert.Equal(codes, check.Problems.Select(static problem => problem.Code));
        Assert.Equal(codes.Length == 0, check.IsValid);
        Assert.All(check.Problems, static problem => Assert.EndsWith(".", problem.Message));
        return check;
    }
}
