using System.Diagnostics;
using Xunit;

namespace MediaMagic.Tests.Conventions;

/// <summary>A test of the commits since the rules for them were made; it needs git and that history.</summary>
public sealed class HistoryFactAttribute : FactAttribute
{
    private const string Base = "e774484";
    private static readonly string? s_lines = Read();

    public HistoryFactAttribute() => Skip = s_lines is null ? $"The history since {Base} is not here: no git, or a shallow clone." : null;

    /// <summary>Gets the parents and the subject of each commit since the base, with a bar between them.</summary>
    public static string[] Commits => s_lines!.Split('\n', System.StringSplitOptions.RemoveEmptyEntries);

    private static string? Read()
    {
        try
        {
            ProcessStartInfo start = new("git", ["-C", Repository.Root, "log", "--format=%p|%s", Base + "..HEAD"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using Process git = Process.Start(start)!;
            string lines = git.StandardOutput.ReadToEnd();
            git.WaitForExit();
            return git.ExitCode == 0 ? lines : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
