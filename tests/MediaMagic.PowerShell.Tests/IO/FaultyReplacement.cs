using System;
using System.IO;
using MediaMagic.IO;

namespace MediaMagic.Tests.IO;

/// <summary>Replaces a file as Windows does, with a fault before each of the first attempts.</summary>
internal sealed class FaultyReplacement(string whole, string target, Action<string, string, string?>?[] faults) : FileReplacement(whole, target, needsBackup: true)
{
    /// <summary>Gets how many times the file was to be replaced.</summary>
    public int Attempts { get; private set; }

    /// <summary>Gets or sets what happens instead of a move.</summary>
    public Action? MoveFault { get; set; }

    protected override void Replace(string from, string to, string? backup)
    {
        if (Attempts++ < faults.Length)
        {
            faults[Attempts - 1]?.Invoke(from, to, backup);
        }

        base.Replace(from, to, backup);
    }

    protected override void Move(string from, string to)
    {
        MoveFault?.Invoke();
        File.Move(from, to);
    }
}
