using System.Collections;
using System.Collections.Generic;
using System.Collections.Specialized;
using System.Linq;
using System.Management.Automation;

namespace MediaMagic.Parameters;

/// <summary>Takes headers in the forms in which HTTP libraries hold them, besides a hashtable.</summary>
internal sealed class HeaderTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? headers = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return headers switch
        {
            IDictionary => headers,
            NameValueCollection named => named.AllKeys.ToDictionary(static name => name ?? string.Empty, name => named[name]),
            IEnumerable<KeyValuePair<string, IEnumerable<string>>> pairs => pairs.ToDictionary(static pair => pair.Key, static pair => pair.Value),
            _ => inputData,
        };
    }
}
