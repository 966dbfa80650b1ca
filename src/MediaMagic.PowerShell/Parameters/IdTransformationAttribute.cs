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

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? input = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        if (input is null || Simple(input) is not null)
        {
            return Simple(input) ?? inputData;
        }

        if (input is not IEnumerable several || input is IDictionary)
        {
            return Read(inputData!);
        }

        List<object?> ids = [];
        foreach (object? item in several)
        {
            ids.Add(Transform(engineIntrinsics, item));
        }

        return ids.ToArray();
    }

    private static string? Simple(object? value) => value switch
    {
        string text => text,
        Guid or int or long => value.ToString(),
        _ => null,
    };

    private string Read(object item)
    {
        foreach (string property in properties)
        {
            if (PSObject.AsPSObject(item).Properties[property] is PSPropertyInfo found)
            {
                object? value = found.Value is PSObject wrapped ? wrapped.BaseObject : found.Value;
                return Simple(value) is string id && !string.IsNullOrWhiteSpace(id)
                    ? id
                    : throw Refusal(item, value is null or string ? $"its {property} is empty" : $"its {property} is no text");
            }
        }

        throw Refusal(item, $"it has no {properties[0]}");
    }

    private static ArgumentTransformationMetadataException Refusal(object item, string why)
    {
        object thing = item is PSObject wrapped ? wrapped.BaseObject : item;
        string? name = new ErrorScrubber(null).Line(item.ToString(), LongestName);
        return new ArgumentTransformationMetadataException($"The {thing.GetType().Name} '{name}' names nothing to ask for: {why}. An id is a text, or an object's property of that name.");
    }
}
