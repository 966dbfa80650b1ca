using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using MediaMagic.Client;

namespace MediaMagic.Tests.HostileWorld;

/// <summary>A world without a ledger: one session, in which a user runs Submit-MMFile over a file until it is submitted.</summary>
internal sealed class SessionRunWorld(Choices choices, WorldRules rules)
{
    private readonly ServiceState _state = new(rules.Naming);

    /// <summary>Goes through the world. The listener gets what the user can know after each run, whether the outcome is unknown, and whether the service has the file.</summary>
    public async Task<string?> RunAsync(Action<string, bool, bool> listener)
    {
        ProcessLife life = new(choices, _state, ledger: null, mayEnd: false, wasDropped: false);
        HostileService service = new(choices, _state, life, rules.Depth, Tail.Asks);
        using HostileHandler network = new(service.Answer);
        using MediaMagicClient client = HostileProcess.NewClient(network, HostileService.Key);
        string? problem = null;
        bool isLast = false;
        for (string? told = null; problem is null && !isLast && told != SubmitState.Submitted;)
        {
            isLast = _state.Attempts >= rules.Depth;
            life.See("run");
            SubmitResult? result = null;
            await HostileProcess.RunAsync(client, HostileProcess.NewOptions(ledger: null, isCorrected: false, boundary: null), [.. rules.Contents.Keys], end => result = end);
            told = result?.State;
            problem = ProblemOf(result, isLast);
            listener(life.Seen, told == SubmitState.Unknown, _state.Accepted.Count > 0);
        }

        return problem is null ? null : $"{problem} {rules.Naming}: {choices.Path}. Seen: {life.Seen}";
    }

    private string? ProblemOf(SubmitResult? result, bool isLast)
    {
        foreach (KeyValuePair<string, string> file in rules.Contents)
        {
            string? problem = result is null ? "The user was told nothing." : Invariants.ProblemOf(Word.Of(result), file.Value, _state, isLast, isAlone: true);
            if (problem is not null)
            {
                return problem;
            }
        }

        return Invariants.ProblemOf(_state);
    }
}
