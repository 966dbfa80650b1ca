using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;

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

    public static Process Start(string file, IEnumerable<string> arguments, string? folder = null)
    {
        ProcessStartInfo info = new(file, arguments) { RedirectStandardOutput = true, WorkingDirectory = folder ?? Directory.GetCurrentDirectory() };
        return Process.Start(info)!;
    }
}
