using System;
using System.Threading;

namespace MediaMagic.Transfer;

/// <summary>Which blocks are sent, with what MD5; an earlier process may have sent some.</summary>
internal sealed class BlockSet(string?[] sent)
{
    private int _next;

    public int Count => sent.Length;

    /// <summary>How many were handed out.</summary>
    public int Taken => Math.Min(sent.Length, Volatile.Read(ref _next));

    /// <summary>Begins at the first block again.</summary>
    public void Rewind() => Volatile.Write(ref _next, 0);

    /// <summary>Hands out every block once, in the file's order.</summary>
    public bool TryTake(out int index)
    {
        index = Interlocked.Increment(ref _next) - 1;
        return index < sent.Length;
    }

    /// <summary>The MD5 that the block was sent with; null when it was not.</summary>
    public string? SentMd5(int index) => Volatile.Read(ref sent[index]);

    public void Sent(int index, string md5) => Volatile.Write(ref sent[index], md5);

    /// <summary>Storage has lost them.</summary>
    public void Forget() => Array.Clear(sent, 0, sent.Length);

    public string?[] Snapshot() => (string?[])sent.Clone();
}
