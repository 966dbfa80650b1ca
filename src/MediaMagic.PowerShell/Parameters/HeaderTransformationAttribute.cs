using System.Collections;
using System.Collections.Generic;
using System.Collections.Specialized;
using System.Linq;
using System.Management.Automation;

namespace MediaMagic.Parameters;

/// <summary>Takes headers in the forms in which HTTP libraries and hosts of scripts hold them, besides a hashtable.</summary>
internal sealed class HeaderTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? headers = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return headers switch
        {
            IDictionary => headers,
            NameValueCollection named => named.AllKeys.ToDictionary(static name => name ?? string.Empty, name => named.GetValues(name)),
            IEnumerable<KeyValuePair<string, IEnumerable<string>>> pairs => pairs.ToDictionary(static pair => pair.Key, static pair => pair.Value),
            IEnumerable<KeyValuePair<string, string[]>> pairs => pairs.ToDictionary(static pair => pair.Key, static pair => pair.Value),
            IEnumerable<KeyValuePair<string, string>> pairs => pairs.ToDictionary(static pair => pair.Key, static pair => pair.Value),
            PSCustomObject => PSObject.AsPSObject(inputData).Properties.ToDictionary(static member => member.Name, static member => member.Value),
            _ => inputData,
        };
    }
}
