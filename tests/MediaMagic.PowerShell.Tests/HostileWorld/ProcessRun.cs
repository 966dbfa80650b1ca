using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using MediaMagic.Client;

namespace MediaMagic.Tests.HostileWorld;

/// <summary>One process that begins in a state of the world: a run over the files, which may be dropped at a boundary.</summary>
internal sealed class ProcessRun(Explorer explorer, LedgerFile ledger, Node start, Choices choices)
{
    private static readonly Rerun[] s_first = [Rerun.Same];
    private static readonly Rerun[] s_again = [Rerun.Same, Rerun.Rotated, Rerun.Healthy];
    private static readonly Rerun[] s_failed = [Rerun.Same, Rerun.Rotated, Rerun.Corrected, Rerun.Healthy];
    private static readonly Rerun[] s_last = [Rerun.Healthy];

    // What a process stores that takes the last 4xx for the outcome of all attempts.
    private const string StoreRejected = "update mediamagic_assets set state = 'Failed', delivery = 1, sending = 0, error_concern = 0 where state = 'Submitting'";

    private readonly WorldRules _rules = explorer.Rules;
    private readonly ServiceState _state = start.Service.Clone();
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private bool _isUnknown;
    private string? _problem;

    private bool IsLast => start.Service.Attempts >= _rules.Depth;

    /// <summary>Runs the process to its end.</summary>
    public async Task<Step> RunAsync()
    {
        ledger.Restore(start.Ledger);
        Rerun rerun = choices.Choose(start.IsRoot ? s_first : IsLast ? s_last : start.HasFailed ? s_failed : s_again);
        string key = rerun == Rerun.Rotated ? Other(start.Key) : start.Key;
        bool isHealthy = rerun == Rerun.Healthy;
        ProcessLife life = new(choices, _state, ledger, mayEnd: !isHealthy, start.WasDropped);

        // What a key proves is stored before the first file. From then on it is a known key, and the worlds of that key are explored.
        bool isProofOnly = rerun == Rerun.Rotated && _rules.Depth - _state.Attempts > 1;
        await RunAsync(life, key, rerun, isProofOnly);
        _problem ??= Invariants.ProblemOf(_state);
        if (!life.IsOver && !isProofOnly && _told.Count < _rules.Contents.Count)
        {
            _problem ??= "The user was told nothing.";
        }

        Node? next = isHealthy ? null : await NextAsync(life, key);
        string seen = $"{(isHealthy ? Rerun.Corrected : rerun)}|{life.Seen}";
        Edge edge = new(seen, _isUnknown, _state.Accepted.Count > 0, life.IsOver, _state.Attempts, next);
        return new Step(edge, _problem is null ? null : $"{_problem} {_rules.Naming}: {choices.Path}. Seen: {seen}. Before: {start.Text}");
    }

    private static string Other(string key) => key == HostileService.Key ? HostileService.NewKey : HostileService.Key;

    private async Task RunAsync(ProcessLife life, string key, Rerun rerun, bool isProofOnly)
    {
        bool isHealthy = rerun == Rerun.Healthy;

        // After a dropped process the next one is dropped as well, because what it would go on with is explored after a process that lived.
        using HostileService service = new(choices, _state, life, isHealthy ? 0 : _rules.Depth, start.WasDropped && !isHealthy ? Tail.Ends : Tail.Asks);
        bool isRefused = false;
        if (_rules.Flaw == Flaw.TrustsLastRefusal && !isHealthy)
        {
            service.Refused = () =>
            {
                isRefused = true;
                life.End();
            };
        }

        using MediaMagicClient client = HostileProcess.NewClient(service, key);
        try
        {
            await HostileProcess.RunAsync(
                client,
                HostileProcess.NewOptions(ledger.Path, rerun is Rerun.Corrected or Rerun.Healthy, () => life.PassCommit()),
                isProofOnly ? [] : [.. _rules.Contents.Keys],
                result => Tell(result, life, isHealthy));
        }
        catch (Exception) when (life.IsOver)
        {
            // The process is gone.
        }
        catch (MediaMagicException failure)
        {
            _problem ??= $"The run ended with {failure.Message}";
        }

        if (isRefused)
        {
            await ledger.ExecuteAsync(StoreRejected);
            _problem ??= Invariants.ProblemOf(new SubmitResult { State = SubmitState.Failed }, _rules.Contents.Values.First(), _state, isHealthy, isAlone: true);
        }
    }

    private void Tell(SubmitResult result, ProcessLife life, bool isHealthy)
    {
        if (life.IsOver)
        {
            return;
        }

        result.State = _rules.Flaw == Flaw.AlwaysUnknown ? SubmitState.Unknown : result.State;
        _isUnknown |= result.State == SubmitState.Unknown;
        _told.Add(result.Path!);
        _problem ??= Invariants.ProblemOf(result, _rules.Contents[result.Path!], _state, isHealthy, isAlone: true);
    }

    private async Task<Node?> NextAsync(ProcessLife life, string key)
    {
        LedgerContent content = await ledger.ReadContentAsync();
        bool isLast = _state.Attempts >= _rules.Depth;
        bool wasDropped = life.WasDropped && !isLast;
        string text = $"{_state.Attempts} attempts{(wasDropped ? ", dropped" : string.Empty)}; {content.Text}; {_state.TextOf(content.BlobPaths)}";
        return text == start.Text
            ? null
            : explorer.Enter(text, () => new Node(text, ledger.Read(), _state) { WasDropped = wasDropped, HasFailed = content.HasFailed, Key = key });
    }
}
