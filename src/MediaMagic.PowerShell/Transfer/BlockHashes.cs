using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace MediaMagic.Transfer;

/// <summary>The MD5 of every block, computed once: of many at once ahead of the senders where the processor can, else by whoever asks first.</summary>
internal sealed class BlockHashes
{
    private readonly SourceFile _source;
    private readonly BlockPlan _plan;
    private readonly bool _lanes;
    private readonly CancellationToken _stop;
    private readonly Dictionary<int, Task<byte[][]>> _groups = [];
    private readonly int _size;

    public BlockHashes(SourceFile source, BlockPlan plan, bool useLanes, CancellationToken stop)
    {
        _source = source;
        _plan = plan;
        _stop = stop;
        _lanes = useLanes && Md5Lanes.IsSupported && plan.Count > 1;
        _size = _lanes ? Md5Lanes.Count : 1;
    }

    /// <summary>The block's MD5.</summary>
    public async Task<byte[]> OfAsync(int index)
    {
        Task<byte[][]> group = Group(index / _size);
        if (_lanes)
        {
            // The next ones are made while these are sent.
            _ = group.IsCompleted ? Group((index / _size) + 1) : group;
        }

        return (await group.ConfigureAwait(false))[index % _size];
    }

    /// <summary>Waits for whatever is still being computed.</summary>
    public async Task SettleAsync()
    {
        Task[] tasks;
        lock (_groups)
        {
            tasks = [.. _groups.Values];
        }

        try
        {
            await Task.WhenAll(tasks).ConfigureAwait(false);
        }
        catch
        {
            // Whoever asked was told.
        }
    }

    private Task<byte[][]> Group(int number)
    {
        lock (_groups)
        {
            if (!_groups.TryGetValue(number, out Task<byte[][]>? group))
            {
                int first = number * _size;
                _groups[number] = group = Task.Run(() => Compute(first), _stop);
            }

            return group;
        }
    }

    private byte[][] Compute(int first)
    {
        if (first >= _plan.Count)
        {
            return [];
        }

        return _lanes
            ? LaneHash.Compute(_source, _plan, first, _stop)
            : [PartHash.Compute(_source, _plan.OffsetOf(first), _plan.LengthOf(first), _stop)];
    }
}
