using System;
using System.Linq;

namespace MediaMagic;

/// <summary>Keeps the models' lists free of nulls, whatever the service sends.</summary>
internal static class Lists
{
    public static T[] Clean<T>(T[]? items)
        where T : class => items is null ? [] : Array.IndexOf(items, null) < 0 ? items : [.. items.Where(item => item is not null)];
}
