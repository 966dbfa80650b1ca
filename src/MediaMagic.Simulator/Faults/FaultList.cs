using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace MediaMagic.Simulator;

/// <summary>The active faults, met oldest first.</summary>
internal sealed class FaultList
{
    private readonly object _gate = new();
    private readonly List<(SimulatorFault Fault, Regex Endpoint)> _faults = [];
    private readonly SimulatorRandom _random;
    private volatile bool _any;

    public FaultList(SimulatorRandom random) => _random = random;

    public void Add(SimulatorFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        if (fault.Status is < 200 or > 599)
        {
            throw new ArgumentException($"A fault's status is between 200 and 599, not {fault.Status}.", nameof(fault));
        }

        if (string.IsNullOrWhiteSpace(fault.Endpoint) || fault.Count < 0 || fault.DelayMs < 0)
        {
            throw new ArgumentException("A fault needs an endpoint, a count and a delay of at least 0.", nameof(fault));
        }

        lock (_gate)
        {
            fault.Remaining = fault.Count == 0 ? int.MaxValue : fault.Count;
            _faults.Add((fault, Wildcard.Endpoint(fault.Endpoint)));
            _any = true;
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _faults.Clear();
            _any = false;
        }
    }

    public SimulatorFault[] Active()
    {
        lock (_gate)
        {
            return [.. _faults.Select(entry => entry.Fault)];
        }
    }

    /// <summary>Takes the fault that a request meets, if any.</summary>
    public SimulatorFault? Take(Exchange exchange)
    {
        if (!_any)
        {
            return null;
        }

        string endpoint = exchange.Method + " " + exchange.Path;
        string? operation = StorageOperation.Name(exchange);
        lock (_gate)
        {
            int index = _faults.FindIndex(entry => Meets(entry.Fault, entry.Endpoint, endpoint, operation));
            if (index < 0)
            {
                return null;
            }

            SimulatorFault fault = _faults[index].Fault;
            if (fault.Remaining != int.MaxValue && --fault.Remaining == 0)
            {
                _faults.RemoveAt(index);
                _any = _faults.Count > 0;
            }

            return fault;
        }
    }

    private bool Meets(SimulatorFault fault, Regex pattern, string endpoint, string? operation) =>
        (pattern.IsMatch(endpoint) || (operation is not null && pattern.IsMatch(operation)))
        && (fault.Probability >= 1 || _random.NextDouble() < fault.Probability);
}
