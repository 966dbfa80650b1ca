using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using MediaMagic.Client;

namespace MediaMagic.Tests.HostileWorld;

/// <summary>One process that begins in a state of the world: a run over the files, which may be dropped at a boundary.</summary>
internal sealed class ProcessRun
{
    private static readonly Rerun[] s_first = [Rerun.Same];
    private static readonly Rerun[] s_again = [Rerun.Same, Rerun.Rotated, Rerun.Healthy];
    private static readonly Rerun[] s_failed = [Rerun.Same, Rerun.Rotated, Rerun.Corrected, Rerun.Healthy];
    private static readonly Rerun[] s_last = [Rerun.Healthy];

    // What a process stores that takes the last 4xx for the outcome of all attempts.
    private const string StoreRejected = "update mediamagic_assets set state = 'Failed', delivery = 1, sending = 0, error_concern = 0 where state = 'Submitting'";

    private readonly Explorer _explorer;
    private readonly Node _start;
    private readonly Choices _choices;
    private readonly WorldRules _rules;
    private readonly Rerun _rerun;
    private readonly string _key;
    private readonly bool _isProofOnly;
    private readonly ServiceState _state;
    private readonly ProcessLife _life;
    private readonly HostileService _service;
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private Deed _deed;
    private HostileAnswer _answer = HostileAnswer.GoOn;
    private LedgerContent? _left;
    private bool _isCommitting;
    private bool _isUnknown;
    private bool _isRefused;
    private string? _problem;

    public ProcessRun(Explorer explorer, Node start, Choices choices)
    {
        (_explorer, _start, _choices, _rules) = (explorer, start, choices, explorer.Rules);
        bool isLast = start.Service.Attempts >= _rules.Depth;
        _rerun = choices.Choose(start.IsRoot ? s_first : isLast ? s_last : start.Ledger.HasFailed ? s_failed : s_again);
        _key = _rerun != Rerun.Rotated ? start.Key : start.Key == HostileService.Key ? HostileService.NewKey : HostileService.Key;
        _state = start.Service.Clone();
        _life = new ProcessLife(choices, _state, start.Ledger, mayEnd: !IsHealthy, start.WasDropped);

        // What a key proves is stored before the first file. From then on it is a known key, and the worlds of that key are explored.
        _isProofOnly = _rerun == Rerun.Rotated && _rules.Depth - _state.Attempts > 1;

        // After a dropped process the next one is dropped as well, because what it would go on with is explored after a process that lived.
        _service = new HostileService(choices, _state, _life, IsHealthy ? 0 : _rules.Depth, start.WasDropped && !IsHealthy ? Tail.Ends : Tail.Asks);
        _deed = explorer.BeginningOf($"{start.Ledger.Key}; {_key} {IsCorrected} {_isProofOnly}", start.Ledger);
    }

    private bool IsHealthy => _rerun == Rerun.Healthy;

    private bool IsCorrected => _rerun is Rerun.Corrected or Rerun.Healthy;

    /// <summary>Goes through a process that another one shows to its end; null when none does.</summary>
    public Step? Recall()
    {
        while (_left is null && _deed.After(_answer) is Deed next)
        {
            _deed = next;
            Meet(next.Act, next.Ledger);
        }

        return _left is null || _isRefused ? null : Conclude(_left);
    }

    /// <summary>Runs the process to its end.</summary>
    public async Task<Step> RunAsync(LedgerFile ledger)
    {
        ledger.Restore(_start.Ledger);
        string? problem = null;
        using (HostileHandler network = new(act => Do(act, ledger)))
        using (MediaMagicClient client = HostileProcess.NewClient(network, _key))
        {
            try
            {
                await HostileProcess.RunAsync(
                    client,
                    HostileProcess.NewOptions(ledger.Path, IsCorrected, () => PassCommit(ledger)),
                    _isProofOnly ? [] : [.. _rules.Contents.Keys],
                    result => Tell(result, ledger));
            }
            catch (Exception) when (_life.IsOver)
            {
                // The process is gone.
            }
            catch (MediaMagicException failure)
            {
                problem = $"The run ended with {failure.Message}";
            }
        }

        if (_isRefused)
        {
            ledger.Restore(_left!);
            await ledger.ExecuteAsync(StoreRejected);
            _left = ledger.Read();
            Word failed = new(_rules.Contents.Keys.First(), SubmitState.Failed, null, HasId: false, "refused");
            _problem ??= Invariants.ProblemOf(failed, _rules.Contents.Values.First(), _state, IsHealthy, isAlone: true);
        }
        else if (!_life.IsOver)
        {
            Do(new Act(ActKind.Ends) { Problem = problem }, ledger);
        }

        return Conclude(_left!);
    }

    // The ledger calls this before and after each commit. What is after a commit is the same as before the next act.
    private void PassCommit(LedgerFile ledger)
    {
        if (!_isCommitting)
        {
            Do(Act.Commit, ledger);
        }

        _isCommitting = !_isCommitting;
    }

    private void Tell(SubmitResult result, LedgerFile ledger)
    {
        if (!_life.IsOver)
        {
            Do(new Act(ActKind.Tells) { Word = Word.Of(result) }, ledger);
        }
    }

    private HostileAnswer Do(Act act, LedgerFile ledger)
    {
        if (!_life.IsOver)
        {
            LedgerContent now = ledger.Read();
            _deed = _deed.Add(_answer, act, now);
            Meet(act, now);
        }

        return _life.IsOver ? throw new ProcessEndedException() : _answer;
    }

    // What the world makes of an act, whether the process runs or is recalled.
    private void Meet(Act act, LedgerContent now)
    {
        _answer = HostileAnswer.GoOn;
        if (act.Kind is ActKind.Sends or ActKind.Commits || (act.Kind == ActKind.Calls && !HasSent(act)))
        {
            _life.Pass(now);
        }

        if (!_life.IsOver && act.Kind is ActKind.Sends or ActKind.Calls)
        {
            _answer = _service.Answer(act);
            _isRefused = _rules.Flaw == Flaw.TrustsLastRefusal && !IsHealthy && act.Call is { Path: "submissions" } && _answer.IsRefusal;
        }

        if (act.Kind == ActKind.Tells)
        {
            Hear(act.Word!);
        }

        if (_isRefused)
        {
            _life.End();
        }

        _problem ??= act.Problem;
        _left = _life.IsOver || act.Kind == ActKind.Ends ? now : null;
    }

    // The boundary of a create is where it connects.
    private static bool HasSent(Act act) => act.Call is { Method: "POST", Path: "submissions" };

    private void Hear(Word word)
    {
        word = _rules.Flaw == Flaw.AlwaysUnknown ? word with { State = SubmitState.Unknown } : word;
        _isUnknown |= word.State == SubmitState.Unknown;
        _told.Add(word.Path);
        _problem ??= Invariants.ProblemOf(word, _rules.Contents[word.Path], _state, IsHealthy, isAlone: true);
    }

    private Step Conclude(LedgerContent left)
    {
        _problem ??= Invariants.ProblemOf(_state);
        if (!_life.IsOver && !_isProofOnly && _told.Count < _rules.Contents.Count)
        {
            _problem ??= "The user was told nothing.";
        }

        string seen = $"{(IsHealthy ? Rerun.Corrected : _rerun)}|{_life.Seen}";
        Edge edge = new(seen, _isUnknown, _state.Accepted.Count > 0, _life.IsOver, _state.Attempts, IsHealthy ? null : NextOf(left));
        return new Step(edge, _problem is null ? null : $"{_problem} {_rules.Naming}: {_choices.Path}. Seen: {seen}. Before: {_start.Text}");
    }

    private Node? NextOf(LedgerContent left)
    {
        bool isLast = _state.Attempts >= _rules.Depth;
        bool wasDropped = _life.WasDropped && !isLast;
        string text = $"{_state.Attempts} attempts{(wasDropped ? ", dropped" : string.Empty)}; {left.Text}; {_state.TextOf(left.BlobPaths)}";
        return text == _start.Text ? null : _explorer.Enter(text, () => new Node(text, left, _state) { WasDropped = wasDropped, Key = _key });
    }
}
