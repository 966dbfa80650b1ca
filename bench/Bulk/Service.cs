using System;
using System.Diagnostics;

namespace MediaMagic.Bench.Bulk;

/// <summary>A simulator in a process of its own.</summary>
internal sealed class Service : IDisposable
{
    private readonly Process _process;

    public Service()
    {
        _process = Children.Start(Environment.ProcessPath!, "simulator");
        string[] line = (_process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The simulator did not start.")).Split(' ');
        (Address, Key) = (line[0], line[1]);
    }

    public string Address { get; }

    public string Key { get; }

    /// <summary>How many submissions it accepted.</summary>
    public int Submissions
    {
        get
        {
            _process.StandardInput.WriteLine();
            return int.Parse(_process.StandardOutput.ReadLine()!, System.Globalization.CultureInfo.InvariantCulture);
        }
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
