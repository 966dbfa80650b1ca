using System;
using System.Collections.Generic;
using System.Diagnostics;

namespace MediaMagic.Bench.Uploads;

/// <summary>Other processes: this program in another part, or another program.</summary>
internal static class Child
{
    /// <summary>Starts this program in another part; its first line is returned once it is ready.</summary>
    public static (Process Process, string Line) StartSelf(params string[] arguments)
    {
        Process process = Start(Environment.ProcessPath!, arguments);
        return (process, process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The child ended at once."));
    }

    public static string Run(string file, params string[] arguments)
    {
        using Process process = Start(file, arguments);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output.Trim() : throw new InvalidOperationException($"{file} ended with {process.ExitCode}.");
    }

    public static void End(Process process)
    {
        using (process)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }
    }

    /// <summary>Waits for a line of the process.</summary>
    public static void Expect(Process process, string line)
    {
        string? read = process.StandardOutput.ReadLine();
        if (read != line)
        {
            throw new InvalidOperationException($"Expected '{line}' of {process.StartInfo.FileName}, got '{read}'.");
        }
    }

    public static Process Start(string file, IEnumerable<string> arguments) => Process.Start(new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true })!;

    /// <summary>Starts a process that is told by its input what to do.</summary>
    public static Process StartTalking(string file, params string[] arguments) =>
        Process.Start(new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true, RedirectStandardInput = true })!;
}
