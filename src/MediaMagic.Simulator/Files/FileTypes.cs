using System;
using System.Collections.Generic;

namespace MediaMagic.Simulator;

/// <summary>The content types that the service takes, and the largest file of each category.</summary>
internal static class FileTypes
{
    public const long DirectLimit = 10 * Mebibyte;
    private const long Mebibyte = 1024 * 1024;
    private static readonly Dictionary<string, long> s_limits = new(StringComparer.OrdinalIgnoreCase);

    static FileTypes()
    {
        Add(5 * 1024 * Mebibyte, "video/mp4", "video/quicktime", "video/x-msvideo", "video/x-matroska");
        Add(500 * Mebibyte, "audio/mpeg", "audio/wav", "audio/x-wav", "audio/aac", "audio/ogg");
        Add(50 * Mebibyte, "image/jpeg", "image/png", "image/gif", "image/webp", "image/svg+xml");
        Add(
            100 * Mebibyte,
            "application/pdf",
            "application/msword",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "text/plain");
    }

    /// <summary>The bare, lower-case type of a Content-Type header.</summary>
    public static string Normalize(string contentType) => contentType.Split(';')[0].Trim().ToLowerInvariant();

    public static bool IsAllowed(string contentType) => s_limits.ContainsKey(Normalize(contentType));

    public static long LimitOf(string contentType) => s_limits[Normalize(contentType)];

    private static void Add(long limit, params string[] types)
    {
        foreach (string type in types)
        {
            s_limits[type] = limit;
        }
    }
}
