using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Client;

namespace MediaMagic.Tests.HostileWorld;

/// <summary>Two processes that submit the same files with one ledger, in an order that the world chooses. A healthy rerun follows.</summary>
internal sealed class InterleavedRun(Explorer explorer, LedgerFile ledger, Node start, Choices choices)
{
    private const int Processes = 2;
    private const int ThreadsPerProcessor = 8;
    private readonly WorldRules _rules = explorer.Rules;
    private readonly ServiceState _state = start.Service.Clone();
    private readonly HashSet<(int, string?)> _told = [];
    private readonly string[][] _accepted = [[], []];
    private string? _problem;

    /// <summary>Makes room for the threads that wait within a commit.</summary>
    public static void ReserveThreads()
    {
        ThreadPool.GetMinThreads(out int workers, out int ports);
        ThreadPool.SetMinThreads(Math.Max(workers, ThreadsPerProcessor * Environment.ProcessorCount), ports);
    }

    /// <summary>Runs both processes to their ends.</summary>
    public async Task<Step> RunAsync()
    {
        ledger.Restore(start.Ledger);
        ProcessLife life = new(choices, _state, ledger: null, mayEnd: false, wasDropped: false);
        HostileService service = new(choices, _state, life, _rules.Depth, Tail.Works);
        using (HttpMessageInvoker invoker = new(new HostileHandler(service.Answer)))
        using (Scheduler scheduler = new(choices, _rules.Switches, ledger) { Passing = Note })
        {
            await Task.WhenAll(Enumerable.Range(0, Processes).Select(process => Task.Run(() => RunAsync(process, scheduler, invoker))));
        }

        _problem ??= Invariants.ProblemOf(_state) ?? (_told.Count < Processes * _rules.Contents.Count ? "A user was told nothing." : null);
        _state.Attempts = _rules.Depth;
        LedgerContent content = ledger.Read();
        string text = $"{content.Text}; {_state.TextOf(content.BlobPaths)}";
        Node next = explorer.Enter(text, () => new Node(text, content, _state));
        Edge edge = new(string.Empty, IsUnknown: false, IsAccepted: false, IsDropped: false, _rules.Depth, next);
        return new Step(edge, _problem is null ? null : $"{_problem} {_rules.Naming}: {choices.Path}. Seen: {life.Seen}");
    }

    private async Task RunAsync(int process, Scheduler scheduler, HttpMessageInvoker service)
    {
        bool isCommitting = false;
        await scheduler.TakeTurnAsync(process);
        try
        {
            using TurnHandler handler = new(service, scheduler, process);
            using MediaMagicClient client = HostileProcess.NewClient(handler, HostileService.Key);
            await HostileProcess.RunAsync(
                client,
                HostileProcess.NewOptions(ledger.Path, isCorrected: false, () => isCommitting = PassCommit(isCommitting, scheduler, process)),
                [.. _rules.Contents.Keys],
                result => Tell(process, result));
        }
        catch (Exception failure)
        {
            _problem ??= $"The run ended with {failure.Message}";
        }
        finally
        {
            scheduler.End(process);
        }
    }

    // The ledger calls this on a thread of its own, which waits here.
    private static bool PassCommit(bool isCommitting, Scheduler scheduler, int process)
    {
        if (isCommitting)
        {
            scheduler.YieldAsync(process).GetAwaiter().GetResult();
        }

        return !isCommitting;
    }

    private void Note(int process) => _accepted[process] = [.. _state.Accepted.Select(static acceptance => acceptance.Content)];

    private void Tell(int process, SubmitResult result)
    {
        _told.Add((process, result.Path));
        string content = _rules.Contents[result.Path!];
        if (result.State == SubmitState.Failed && !_accepted[process].Contains(content))
        {
            // It was true at the last boundary, where the process stored it. What the other process does after that, nobody can know here.
            return;
        }

        _problem ??= Invariants.ProblemOf(Word.Of(result), content, _state, isHealthy: false, isAlone: false);
    }
}
