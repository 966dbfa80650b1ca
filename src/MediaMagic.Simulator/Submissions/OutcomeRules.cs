using System;
using System.Collections.Generic;
using System.Text.RegularExpressions;

namespace MediaMagic.Simulator;

/// <summary>Decides how processing ends: by the newest rule that matches the file name, else by what the name says.</summary>
internal sealed class OutcomeRules
{
    private readonly object _gate = new();
    private readonly List<(Regex Pattern, OutcomePlan Plan)> _rules = [];

    public void Add(string fileNamePattern, SimulatorOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(fileNamePattern);
        lock (_gate)
        {
            _rules.Insert(0, (Wildcard.FileName(fileNamePattern), OutcomePlan.Of(outcome)));
        }
    }

    public OutcomePlan For(string fileName)
    {
        lock (_gate)
        {
            foreach ((Regex pattern, OutcomePlan plan) in _rules)
            {
                if (pattern.IsMatch(fileName))
                {
                    return plan;
                }
            }
        }

        bool slow = Says(fileName, "slow");
        if (Says(fileName, "fail-permanent"))
        {
            return new OutcomePlan(slow, int.MaxValue, false);
        }

        return Says(fileName, "fail-retryable") ? new OutcomePlan(slow, Failures(fileName), true) : new OutcomePlan(slow, 0, false);
    }

    private static int Failures(string fileName) =>
        Says(fileName, "fail-retryable-always") ? int.MaxValue : Says(fileName, "fail-retryable-twice") ? 2 : 1;

    private static bool Says(string fileName, string word) => fileName.Contains(word, StringComparison.OrdinalIgnoreCase);
}
