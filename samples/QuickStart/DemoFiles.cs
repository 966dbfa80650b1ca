using System;
using System.Collections.Generic;
using System.IO;

namespace QuickStart;

/// <summary>A few files to show with: good ones, one that fails at first, and one that must not be sent.</summary>
internal static class DemoFiles
{
    private const int VideoLength = 12 * 1024 * 1024;

    public static IEnumerable<string> Make(string folder)
    {
        yield return Text(folder, "summer-advert.txt", "The best sun cream in the world. Guaranteed, or your money back!\n");
        yield return Text(folder, "fail-retryable.txt", "The simulator lets the first analysis of this file fail.\n");
        yield return Video(folder, "campaign-video.mp4");
        yield return Text(folder, "holiday-photo.png", "This is no picture, whatever its name says.\n");
    }

    private static string Text(string folder, string name, string text)
    {
        string path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    // The first bytes of an MP4 and then noise: large enough for a presigned upload.
    private static string Video(string folder, string name)
    {
        byte[] video = new byte[VideoLength];
        new Random(1).NextBytes(video);
        byte[] head = [0, 0, 0, 24, .. "ftypmp42"u8, 0, 0, 0, 0, .. "mp42isom"u8];
        head.CopyTo(video, 0);
        string path = Path.Combine(folder, name);
        File.WriteAllBytes(path, video);
        return path;
    }
}
