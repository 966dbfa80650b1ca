using System;
using System.Collections.Generic;
using System.Linq;

namespace MediaMagic.Files;

/// <summary>The types of files that the service takes, and how large they may be.</summary>
public static class FileTypes
{
    /// <summary>The largest file in bytes that is uploaded in one direct request.</summary>
    public const long DirectLimit = 10L * 1024 * 1024;

    private const long VideoLimit = 5L * 1024 * 1024 * 1024;
    private const long AudioLimit = 500L * 1024 * 1024;
    private const long ImageLimit = 50L * 1024 * 1024;
    private const long DocumentLimit = 100L * 1024 * 1024;

    private static readonly FileType[] s_all =
    [
        new(MediaType.Mp4, FileCategory.Video, VideoLimit, ["mp4", "m4v"]),
        new(MediaType.QuickTime, FileCategory.Video, VideoLimit, ["mov", "qt"]),
        new(MediaType.Avi, FileCategory.Video, VideoLimit, ["avi"]),
        new(MediaType.Matroska, FileCategory.Video, VideoLimit, ["mkv"]),
        new(MediaType.Mpeg, FileCategory.Audio, AudioLimit, ["mp3", "mpga"]),
        new(MediaType.Wav, FileCategory.Audio, AudioLimit, ["wav", "wave"]),
        new(MediaType.XWav, FileCategory.Audio, AudioLimit, [], MediaType.Wav),
        new(MediaType.Aac, FileCategory.Audio, AudioLimit, ["aac"]),
        new(MediaType.Ogg, FileCategory.Audio, AudioLimit, ["ogg", "oga", "opus"]),
        new(MediaType.Jpeg, FileCategory.Image, ImageLimit, ["jpg", "jpeg", "jpe", "jfif"]),
        new(MediaType.Png, FileCategory.Image, ImageLimit, ["png"]),
        new(MediaType.Gif, FileCategory.Image, ImageLimit, ["gif"]),
        new(MediaType.WebP, FileCategory.Image, ImageLimit, ["webp"]),
        new(MediaType.Svg, FileCategory.Image, ImageLimit, ["svg"]),
        new(MediaType.Pdf, FileCategory.Document, DocumentLimit, ["pdf"]),
        new(MediaType.Word, FileCategory.Document, DocumentLimit, ["doc"]),
        new(MediaType.WordXml, FileCategory.Document, DocumentLimit, ["docx"]),
        new(MediaType.Text, FileCategory.Document, DocumentLimit, ["txt", "text", "log", "md"]),
    ];

    private static readonly Dictionary<string, FileType> s_byContentType = s_all.ToDictionary(
        static type => type.ContentType,
        StringComparer.OrdinalIgnoreCase);

    private static readonly Dictionary<string, FileType> s_byExtension = s_all
        .SelectMany(static type => type.Extensions.Select(extension => (extension, type)))
        .ToDictionary(static pair => pair.extension, static pair => pair.type, StringComparer.OrdinalIgnoreCase);

    /// <summary>Every content type that the service takes.</summary>
    public static IReadOnlyList<string> ContentTypes { get; } = [.. s_all.Select(static type => type.ContentType)];

    /// <summary>Every category, as in <see cref="FileCategory"/>.</summary>
    public static IReadOnlyList<string> Categories { get; } = [.. s_all.Select(static type => type.Category).Distinct()];

    /// <summary>Every file extension that stands for one of the content types, without the dot.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [.. s_all.SelectMany(static type => type.Extensions)];

    /// <summary>The content type that a file's name stands for, or null.</summary>
    public static string? ForName(string fileName) => ByExtension(new FileName(fileName).Extension)?.ContentType;

    /// <summary>The category of a content type, or null when the service does not take it.</summary>
    public static string? CategoryOf(string contentType) => ByContentType(contentType)?.Category;

    /// <summary>The largest size in bytes of a content type's files, or null when the service does not take it.</summary>
    public static long? MaxLength(string contentType) => ByContentType(contentType)?.MaxLength;

    /// <summary>The content types of a category.</summary>
    public static IReadOnlyList<string> InCategory(string category) =>
        [.. Category(category).Select(static type => type.ContentType)];

    /// <summary>The file extensions of a category, without the dot.</summary>
    public static IReadOnlyList<string> ExtensionsOf(string category) =>
        [.. Category(category).SelectMany(static type => type.Extensions)];

    /// <summary>The way in which a file of this many bytes is uploaded: Direct up to <see cref="DirectLimit"/>, else Presigned.</summary>
    public static string UploadMethodFor(long length) => length <= DirectLimit ? "Direct" : "Presigned";

    internal static FileType? ByExtension(string extension) => s_byExtension.GetValueOrDefault(extension);

    internal static FileType? ByContentType(string contentType) => s_byContentType.GetValueOrDefault(MediaType.Bare(contentType));

    private static IEnumerable<FileType> Category(string category) =>
        s_all.Where(type => string.Equals(type.Category, category, StringComparison.OrdinalIgnoreCase));
}
