using System;
using System.Management.Automation;

namespace MediaMagic.Errors;

/// <summary>Turns what went wrong into the ErrorRecord that PowerShell shows, catches and categorises.</summary>
internal static class ErrorRecords
{
    /// <summary>The record of a failure; null for what is none of ours to explain.</summary>
    public static ErrorRecord? From(Exception failure, object? target) => failure switch
    {
        MediaMagicException known => From(known, target),
        ArgumentException refused => new ErrorRecord(refused, "MediaMagic.InvalidArgument", ErrorCategory.InvalidArgument, target),
        _ => null,
    };

    /// <summary>The record of an error, by the catalogue's category for it.</summary>
    public static ErrorRecord From(MediaMagicException failure, object? target)
    {
        ApiError error = failure.Error;
        _ = Enum.TryParse(ErrorCatalog.CategoryOf(error), out ErrorCategory category);
        return new ErrorRecord(failure, "MediaMagic." + error.Code, category, target)
        {
            ErrorDetails = new ErrorDetails(error.ToString()) { RecommendedAction = Advice.Of(error) },
        };
    }
}
