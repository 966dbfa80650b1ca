using System;
using System.Linq;
using MediaMagic.Files;
using MediaMagic.Tests.Files;
using MediaMagic.Tests.Files.Samples;
using Xunit;

namespace MediaMagic.Tests.Fuzz;

/// <summary>Files of every type gone wrong, with parts of other types in them: always an answer, and never more read than the budget.</summary>
public sealed class WrongFilesTests : IDisposable
{
    private static readonly string[] s_words =
    [
        "RIFF", "WAVE", "ftyp", "moov", "mdat", "OggS", "%PDF-", "PK\u0003\u0004", "PK\u0001\u0002", "PK\u0005\u0006", "ID3\u0004\0\0\u007f\u007f\u007f\u007f", "<svg", "<!DOCTYPE", "<!--", "\u001aE\u00df\u00a3",
        "\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1", "\u00ff\u00fb", "\u00ff\u00f1", "\u00ff\u00fe", "\u00fe\u00ff", "GIF89a", "\u0089PNG\r\n\u001a\n", "\u00ff\u00d8\u00ff", "word/document.xml",
    ];

    private static readonly Sample[] s_samples = [.. SampleFiles.All];
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Bytes_gone_wrong_are_judged_within_the_budget() => Turns.Run(3000, static random =>
    {
        using CountingStream stream = new(Wrong(random), random.Of(int.MaxValue, int.MaxValue, 1, 7, 512));
        TypeDetector.Detect(stream);
        Assert.InRange(stream.Total, 0, ByteWindow.Budget);
    });

    [Fact]
    public void Files_gone_wrong_get_an_answer()
    {
        FileChecker checker = new();
        string[] types = [.. FileTypes.ContentTypes, "text/html", "x", " ", "video/mp4; a=b", "\u001b[31m"];
        Turns.Run(150, random =>
        {
            string path = _folder.Write(random.Of(s_samples).Name, Wrong(random));
            FileCheck check = checker.Check(path, random.Next(2) == 0 ? null : random.Of(types));
            Assert.Equal(check.Problems.Length == 0, check.IsValid);
            Assert.All(check.Problems, static problem => Assert.NotEmpty(problem.Message));
            Assert.True(!check.IsValid || FileTypes.ContentTypes.Contains(check.ContentType));
        });
    }

    private static byte[] Wrong(Random random) => Mutation.Of(random, random.Of(s_samples).Bytes, random.Of(s_samples).Bytes, s_words);
}
