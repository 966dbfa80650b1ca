using System;

namespace MediaMagic.Simulator;

/// <summary>Runs the simulator alone.</summary>
public static class Program
{
    /// <summary>The entry point.</summary>
    public static int Main()
    {
        Console.WriteLine("simulator");
        return 0;
    }
}
