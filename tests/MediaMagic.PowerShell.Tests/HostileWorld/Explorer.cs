using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;

namespace MediaMagic.Tests.HostileWorld;

/// <summary>
/// Explores every world: from each state that worlds come to, every process that differs in its choices. Several walkers share the work, each
/// with the processes that begin with certain choices.
/// </summary>
internal sealed class Explorer(WorldRules rules)
{
    private const int SharedChoices = 2;

    // A walker mostly waits for other threads of its process.
    private const int WalkersPerProcessor = 2;

    private readonly ConcurrentDictionary<string, Node> _nodes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, LedgerContent> _ledgers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Deed> _deeds = new(StringComparer.Ordinal);
    private readonly Channel<(Node Start, int[] Prefix)> _walks = Channel.CreateUnbounded<(Node, int[])>();
    private int _open;
    private long _processes;
    private long _runs;
    private string? _problem;

    /// <summary>Gets the rules of the worlds.</summary>
    public WorldRules Rules => rules;

    /// <summary>Explores all worlds.</summary>
    public async Task<Exploration> RunAsync()
    {
        using LedgerFile ledger = new(_ledgers);
        Node root = new("the beginning", await ledger.CreateAsync(), new ServiceState(rules.Naming)) { IsRoot = true };
        Add(root, []);
        await Task.WhenAll(Enumerable.Range(0, WalkersPerProcessor * Environment.ProcessorCount).Select(_ => Task.Run(WorkAsync)));
        if (_problem is null && rules is { Contents.Count: 1, Switches: 0 })
        {
            _problem = Beliefs.FindUnfounded(root, rules.Depth);
        }

        return new Exploration(root.CountWorlds(), _nodes.Count + 1, _processes, _runs, _problem);
    }

    /// <summary>Returns the beginning of all processes to which the text applies.</summary>
    public Deed BeginningOf(string text, LedgerContent ledger) =>
        _deeds.GetOrAdd(text, static (_, begun) => new Deed(Act.Begin, begun), ledger);

    /// <summary>Returns the state that the text stands for. A new one is explored as well.</summary>
    public Node Enter(string text, Func<Node> create)
    {
        if (!_nodes.TryGetValue(text, out Node? node))
        {
            Node added = create();
            node = _nodes.GetOrAdd(text, added);
            if (node == added)
            {
                Add(node, []);
            }
        }

        return node;
    }

    private void Add(Node start, int[] prefix)
    {
        Interlocked.Increment(ref _open);
        _walks.Writer.TryWrite((start, prefix));
    }

    private async Task WorkAsync()
    {
        using LedgerFile ledger = new(_ledgers);
        await foreach ((Node start, int[] prefix) in _walks.Reader.ReadAllAsync())
        {
            try
            {
                if (Volatile.Read(ref _problem) is null)
                {
                    await WalkAsync(ledger, start, new Choices(prefix));
                }
            }
            catch (Exception failure)
            {
                Interlocked.CompareExchange(ref _problem, $"{failure}", null);
            }

            if (Interlocked.Decrement(ref _open) == 0)
            {
                _walks.Writer.Complete();
            }
        }
    }

    private Task<Step> RunAsync(LedgerFile ledger, Node start, Choices choices)
    {
        Interlocked.Increment(ref _runs);
        choices.Restart();
        return new ProcessRun(this, start, choices).RunAsync(ledger);
    }

    private async Task WalkAsync(LedgerFile ledger, Node start, Choices choices)
    {
        do
        {
            Step step = start.IsRoot && rules.Switches > 0
                ? await new InterleavedRun(this, ledger, start, choices).RunAsync()
                : new ProcessRun(this, start, choices).Recall() ?? await RunAsync(ledger, start, choices);
            Interlocked.Increment(ref _processes);
            start.Add(step.Edge);
            Interlocked.CompareExchange(ref _problem, step.Problem, null);
            while (choices.Fixed < SharedChoices && choices.Split() is { Count: > 0 } others)
            {
                foreach (int[] other in others)
                {
                    Add(start, other);
                }
            }
        }
        while (Volatile.Read(ref _problem) is null && choices.MoveNext());
    }
}
