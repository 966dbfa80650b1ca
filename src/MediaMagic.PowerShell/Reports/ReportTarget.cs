using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Files;
using MediaMagic.IO;

namespace MediaMagic.Reports;

/// <summary>The place that a report is meant for: a file, or where one can be made. Links are followed.</summary>
internal sealed class ReportTarget
{
    private readonly string _asked;

    /// <summary>Finds the place; fails where no report can be.</summary>
    public ReportTarget(string path)
    {
        _asked = path;
        Check(path);
        Path = LinkTarget.Of(path);
        Folder = System.IO.Path.GetDirectoryName(Path)!;
        if (!Directory.Exists(Folder))
        {
            throw new DirectoryNotFoundException($"there is no folder '{Folder}'");
        }
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The folder that it is in.</summary>
    public string Folder { get; }

    /// <summary>Whether an older report is there.</summary>
    public bool IsTaken => File.Exists(Path);

    /// <summary>Puts the file there in one step; an older one passes its rights on. A program that reads the older one is waited for.</summary>
    public Task PutAsync(FileReplacement replacement, TimeProvider clock, CancellationToken stop)
    {
        Check(_asked);
        return replacement.RunAsync(clock, stop);
    }

    // To take a file's place asks for rights in its folder alone, so that the file's own are looked at here.
    private static void Check(string path)
    {
        SightKind kind = FileProbe.Default.Look(path).Kind;
        if (SightWords.NoFile(kind) is string other)
        {
            throw new IOException($"it is {other}");
        }

        if (kind != SightKind.File)
        {
            return;
        }

        if (FileRights.IsReadOnly(path))
        {
            throw new IOException("it is read-only");
        }

        try
        {
            using FileStream writable = new(path, FileMode.Open, FileAccess.Write, FileSharing.All, 1);
        }
        catch (IOException failure) when (FileSharing.IsHeld(failure))
        {
            // That passes, and says nothing about rights.
        }
    }
}
