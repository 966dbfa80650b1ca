using System;

namespace MediaMagic.Simulator;

/// <summary>Passes a body on with its last byte flipped. It holds one byte back, because only the end of the body shows which byte is the last.</summary>
internal sealed class LastByteFlip
{
    private readonly byte[] _held = new byte[1];
    private readonly Action _flipped;
    private bool _isHolding;

    public LastByteFlip(Action flipped) => _flipped = flipped;

    public void Write(byte[] buffer, int offset, int count, Action<byte[], int, int> next)
    {
        if (count == 0)
        {
            return;
        }

        if (_isHolding)
        {
            next(_held, 0, 1);
        }

        next(buffer, offset, count - 1);
        _held[0] = buffer[offset + count - 1];
        _isHolding = true;
    }

    public void Complete(Action<byte[], int, int> next)
    {
        if (_isHolding)
        {
            _held[0] ^= 1;
            next(_held, 0, 1);
            _isHolding = false;
            _flipped();
        }
    }
}
