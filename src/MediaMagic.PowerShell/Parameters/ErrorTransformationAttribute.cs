using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;

namespace MediaMagic.Parameters;

/// <summary>Converts the copies of records that Import-Clixml returns to records. A job returns records.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ErrorTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is IList items ? items.Cast<object?>().Select(Record).ToArray() : Record(inputData);

    private static object? Record(object? item)
    {
        if (!SentError.IsCopy(item, typeof(ErrorRecord)))
        {
            return item;
        }

        Exception failure = SentError.Find(item) is ApiError error ? new MediaMagicException(error) : new RuntimeException();
        return new ErrorRecord(failure, null, ErrorCategory.NotSpecified, null);
    }
}
