using System;
using MediaMagic.Errors;

namespace MediaMagic.Bulk;

/// <summary>Converts failures of a run.</summary>
internal static class BulkErrors
{
    /// <summary>Returns whether the session refused a create before anything was sent.</summary>
    public static bool IsOfSession(ApiError error) => error is { StatusCode: null, Code: ErrorCode.AssetAlreadySubmitted };

    /// <summary>Returns whether several files may be rejected, or unknown, because of one of them.</summary>
    public static bool MayConcernOne(ApiError error) =>
        error.Delivery is Delivery.Unknown or Delivery.Accepted
        || error is { Delivery: Delivery.Rejected, Concern: Concern.File or Concern.Request } or { StatusCode: 403 };

    /// <summary>Returns the failure as an exception of the module.</summary>
    public static MediaMagicException Known(Exception failure) =>
        failure as MediaMagicException ?? new MediaMagicException(LocalErrors.Make(ErrorCode.Unknown, failure.Message, null, null), failure);
}
