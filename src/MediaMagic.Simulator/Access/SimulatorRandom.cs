using System;

namespace MediaMagic.Simulator;

/// <summary>Randomness that a seed makes repeatable, safe for all threads.</summary>
internal sealed class SimulatorRandom
{
    private readonly Random _random;

    public SimulatorRandom(int? seed) => _random = seed is int value ? new Random(value) : new Random();

    public double NextDouble()
    {
        lock (_random)
        {
            return _random.NextDouble();
        }
    }

    public byte[] Bytes(int count)
    {
        byte[] bytes = new byte[count];
        lock (_random)
        {
            _random.NextBytes(bytes);
        }

        return bytes;
    }
}
