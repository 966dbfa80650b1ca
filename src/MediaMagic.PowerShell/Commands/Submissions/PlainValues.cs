using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace MediaMagic.Commands.Submissions;

/// <summary>Takes PowerShell's wrappers off free-form values, so that they can be sent as JSON.</summary>
internal static class PlainValues
{
    private const int DeepestNesting = 64;

    public static object? Of(object? value, int depth = 0)
    {
        object? bare = value is PSObject wrapped && wrapped.BaseObject is not PSCustomObject ? wrapped.BaseObject : value;
        if (depth > DeepestNesting)
        {
            return bare; // The writer of JSON refuses what is nested this deep, with a message of its own.
        }

        return bare switch
        {
            null or string => bare,
            PSObject custom => custom.Properties.ToDictionary(property => property.Name, property => Of(property.Value, depth + 1)),
            IDictionary map => Map(map, depth),
            IEnumerable list => list.Cast<object?>().Select(item => Of(item, depth + 1)).ToArray(),
            _ => bare,
        };
    }

    private static Dictionary<object, object?> Map(IDictionary map, int depth)
    {
        Dictionary<object, object?> plain = new(map.Count);
        foreach (DictionaryEntry entry in map)
        {
            plain[entry.Key] = Of(entry.Value, depth + 1);
        }

        return plain;
    }
}
