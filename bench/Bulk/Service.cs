using System;
using System.Diagnostics;
using System.Globalization;

namespace MediaMagic.Bench.Bulk;

/// <summary>A simulator in a process of its own.</summary>
internal sealed class Service : IDisposable
{
    private readonly Process _process;

    /// <param name="answerMs">How long it takes to answer, as a service on a network would.</param>
    public Service(int answerMs = 0)
    {
        _process = Children.Start(Environment.ProcessPath!, "simulator", answerMs.ToString(CultureInfo.InvariantCulture));
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
            return int.Parse(_process.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
        }
    }

    /// <summary>Gets the seconds of processor time that it used.</summary>
    public double ProcessorSeconds
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime.TotalSeconds;
        }
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
