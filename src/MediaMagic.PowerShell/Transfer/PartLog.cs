using System.Threading;

namespace MediaMagic.Transfer;

/// <summary>What became of one attempt to send a part of the file.</summary>
internal sealed class PartLog(ProgressMeter meter)
{
    private long _sent;

    /// <summary>Whether any of it may have gone out.</summary>
    public bool Began { get; set; }

    /// <summary>What was wrong on this side of the wire, where that ended the attempt.</summary>
    public MediaMagicException? Failure { get; set; }

    public void Sent(int count)
    {
        Interlocked.Add(ref _sent, count);
        meter.Add(count);
    }

    /// <summary>The attempt failed: what it sent does not count.</summary>
    public void TakeBack() => meter.Add(-Interlocked.Exchange(ref _sent, 0));
}
