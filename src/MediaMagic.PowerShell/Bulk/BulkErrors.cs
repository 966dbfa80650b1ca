using System;
using MediaMagic.Errors;

namespace MediaMagic.Bulk;

/// <summary>Converts failures of a run.</summary>
internal static class BulkErrors
{
    /// <summary>Returns the failure as an exception of the module.</summary>
    public static MediaMagicException Known(Exception failure) =>
        failure as MediaMagicException ?? new MediaMagicException(LocalErrors.Make(ErrorCode.Unknown, failure.Message, null, null), failure);
}
