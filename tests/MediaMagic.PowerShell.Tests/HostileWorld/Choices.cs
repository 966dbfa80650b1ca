using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;

namespace MediaMagic.Tests.HostileWorld;

/// <summary>
/// The choices of one world, in the order in which they come up. Walking on, depth first, visits every world once. The first choices may be
/// fixed, so that several walkers share the worlds.
/// </summary>
internal sealed class Choices(IReadOnlyList<int> prefix)
{
    private readonly List<Choice> _path = [.. prefix.Select(static chosen => new Choice(chosen, 0, null))];
    private int _fixed = prefix.Count;
    private int _next;

    /// <summary>Gets how many choices are fixed.</summary>
    public int Fixed => _fixed;

    /// <summary>Gets the choices made so far, for the message of a failure.</summary>
    public string Path => string.Join(", ", _path.Take(_next).Select(static choice => choice.Values![choice.Chosen]));

    /// <summary>Returns the value of this world. A single value is no choice.</summary>
    public T Choose<T>(T[] values)
    {
        if (values.Length == 1)
        {
            return values[0];
        }

        if (_next == _path.Count)
        {
            _path.Add(new Choice(0, values.Length, values));
        }

        Choice choice = _path[_next];
        if (choice.Values is not null && choice.Count != values.Length)
        {
            throw new InvalidOperationException($"The same choices led to another question: {Path}");
        }

        _path[_next++] = new Choice(choice.Chosen, values.Length, values);
        return values[choice.Chosen];
    }

    /// <summary>Begins the same world again.</summary>
    public void Restart() => _next = 0;

    /// <summary>Goes on to the next world; false after the last one.</summary>
    public bool MoveNext()
    {
        if (_next < _fixed)
        {
            throw new InvalidOperationException($"The same choices ended sooner: {Path}");
        }

        _path.RemoveRange(_next, _path.Count - _next);
        _next = 0;
        while (_path.Count > _fixed)
        {
            Choice last = _path[^1];
            if (last.Chosen + 1 < last.Count)
            {
                _path[^1] = new Choice(last.Chosen + 1, last.Count, null);
                return true;
            }

            _path.RemoveAt(_path.Count - 1);
        }

        return false;
    }

    /// <summary>Fixes one more choice after the first world of a walk, and returns the prefixes that lead to its other values.</summary>
    public List<int[]> Split()
    {
        List<int[]> others = [];
        if (_fixed < _next)
        {
            int[] chosen = [.. _path.Take(_fixed + 1).Select(static choice => choice.Chosen)];
            for (int value = 1; value < _path[_fixed].Count; value++)
            {
                int[] other = [.. chosen];
                other[_fixed] = value;
                others.Add(other);
            }

            _fixed++;
        }

        return others;
    }

    private readonly record struct Choice(int Chosen, int Count, IList? Values);
}
