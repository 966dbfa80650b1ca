using System;
using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using MediaMagic.Errors;

namespace MediaMagic.Parameters;

/// <summary>
/// Takes ids as text, and from objects the property that is named like an id. Anything else is refused: PowerShell would make text of
/// the whole object, and the service would be asked for that.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class IdTransformationAttribute(params string[] properties) : ArgumentTransformationAttribute
{
    private const int LongestName = 100;
    private const int Deepest = 8;

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        List<object?> ids = [];
        bool several = Add(inputData, ids, 0);
        return several ? ids.ToArray() : ids[0];
    }

    // Whether it is a sequence of them.
    private bool Add(object? value, List<object?> ids, int depth)
    {
        object? input = Bare(value);
        if (input is null || Simple(input) is not null)
        {
            ids.Add(Simple(input) ?? value);
            return false;
        }

        if (input is not IEnumerable several || input is IDictionary)
        {
            return Read(value!, ids);
        }

        // One that holds itself would have no end.
        if (depth == Deepest)
        {
            throw Refusal(value!, "its lists hold lists without end");
        }

        foreach (object? item in several)
        {
            Add(item, ids, depth + 1);
        }

        return true;
    }

    private static object? Bare(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    private static string? Simple(object? value) => value switch
    {
        string text => text,
        Guid or int or long => value.ToString(),
        _ => null,
    };

    private bool Read(object item, List<object?> ids)
    {
        foreach (string property in properties)
        {
            if (PSObject.AsPSObject(item).Properties[property] is PSPropertyInfo found)
            {
                object? value = Bare(found.Value);
                bool several = value is IEnumerable and not (string or IDictionary);
                foreach (object? part in several ? (IEnumerable)value! : new[] { value })
                {
                    ids.Add(Simple(Bare(part)) is string id && !string.IsNullOrWhiteSpace(id)
                        ? id
                        : throw Refusal(item, part is null or string ? $"its {property} is empty" : $"its {property} is no text"));
                }

                return several;
            }
        }

        throw Refusal(item, item is IDictionary ? "the keys of a table are no properties; [pscustomobject] makes an object of it" : $"it has no {properties[0]}");
    }

    private ArgumentTransformationMetadataException Refusal(object item, string why)
    {
        object thing = Bare(item)!;
        string? name = new ErrorScrubber(null).Line(item.ToString(), LongestName);
        return new ArgumentTransformationMetadataException($"The {thing.GetType().Name} '{name}' names no {properties[0]}: {why}. Give a text, or an object with a property of that name.");
    }
}
