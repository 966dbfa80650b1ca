using System.Collections;
using System.Management.Automation;

namespace MediaMagic.Commands.Errors;

/// <summary>Shows what went wrong lately, in full.</summary>
[Cmdlet(VerbsCommon.Get, "MMError")]
[OutputType(typeof(ApiError))]
public sealed class GetErrorCommand : PSCmdlet
{
    /// <summary>How many of the module's errors in $Error, the newest first.</summary>
    [Parameter(Position = 0)]
    [ValidateRange(1, int.MaxValue)]
    public int Newest { get; set; } = 1;

    /// <summary>The errors to show, in place of those in $Error.</summary>
    [Parameter(ValueFromPipeline = true)]
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
        int written = 0;
        foreach (object? item in errors)
        {
            object? bare = item is PSObject wrapped ? wrapped.BaseObject : item;
            System.Exception? failure = bare switch { ErrorRecord record => record.Exception, RuntimeException ended => ended, _ => null };
            while (failure is not null and not MediaMagicException)
            {
                failure = failure.InnerException;
            }

            if (failure is MediaMagicException known && written++ < most)
            {
                WriteObject(known.Error);
            }
        }
    }
}
