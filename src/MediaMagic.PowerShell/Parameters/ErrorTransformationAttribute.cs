using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;

namespace MediaMagic.Parameters;

/// <summary>Turns copies of records from Import-Clixml, and what -ErrorAction Stop leaves in -ErrorVariable, into records.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ErrorTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is IList items
            ? items.Cast<object?>().Select(Record).ToArray()
            : Record(inputData);

    private static object? Record(object? item)
    {
        // -ErrorVariable holds the exception if -ErrorAction Stop ended the command.
        if ((item is PSObject wrapped ? wrapped.BaseObject : item) is ActionPreferenceStopException stop)
        {
            return stop.ErrorRecord;
        }

        if (!SentError.IsCopy(item, typeof(ErrorRecord)))
        {
            return item;
        }

        Exception failure = SentError.Find(item) is ApiError error ? new MediaMagicException(error) : new RuntimeException();
        return new ErrorRecord(failure, null, ErrorCategory.NotSpecified, null);
    }
}
