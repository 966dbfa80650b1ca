using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using MediaMagic.Errors;
using MediaMagic.Parameters;

namespace MediaMagic.Commands.Errors;

/// <summary>Shows what went wrong lately, in full.</summary>
[Cmdlet(VerbsCommon.Get, "MMError")]
[OutputType(typeof(ApiError))]
public sealed class GetErrorCommand : PSCmdlet
{
    // $Error and -ErrorVariable list an error again for each pipeline that it ended.
    private readonly HashSet<ApiError> _shown = [];

    /// <summary>How many of the module's errors in $Error, the newest first.</summary>
    [Parameter(Position = 0)]
    [ValidateRange(1, int.MaxValue)]
    public int Newest { get; set; } = 1;

    /// <summary>The errors to show, in place of those in $Error.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ErrorTransformation]
    public ErrorRecord[]? ErrorRecord { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ErrorRecord is not null)
        {
            Write(ErrorRecord, int.MaxValue);
        }
        else if (!MyInvocation.ExpectingInput && SessionState.PSVariable.GetValue("global:Error") is IEnumerable errors)
        {
            Write(errors, Newest);
        }
    }

    private void Write(IEnumerable errors, int most)
    {
        // WriteError adds to $Error.
        foreach (object? item in errors.Cast<object?>().ToArray())
        {
            if (most > 0 && Show(item))
            {
                most--;
            }
        }
    }

    private bool Show(object? item)
    {
        try
        {
            ApiError? known = SentError.Find(item);
            if (known is null || !_shown.Add(known))
            {
                return false;
            }

            WriteObject(known);
            return true;
        }
        catch (ArgumentException lost)
        {
            WriteError(ErrorRecords.From(lost, item)!);
            return true;
        }
    }
}
