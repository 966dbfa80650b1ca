using System.Collections.Generic;
using MediaMagic.Errors;

namespace MediaMagic.Bulk;

/// <summary>
/// Counts how often in a row an endpoint rejects the files of a run for the same reason, which is not the files. Only a success of the same
/// endpoint starts the count again.
/// </summary>
internal sealed class RefusalCount
{
    private const int Max = 5;
    private readonly Dictionary<ApiEndpoint, (int? Status, string Code, int Count)> _counts = [];

    /// <summary>Adds a failure, and returns whether it is one too many.</summary>
    public bool Add(ApiEndpoint endpoint, ApiError error)
    {
        // After an unknown create a rejection may only mean that the blob is used up, unless the key is the trouble.
        bool isDoubtful = error is { Delivery: Delivery.Unknown, StatusCode: not (401 or 402) };
        if (isDoubtful || error.Concern is not (Concern.Request or Concern.Account))
        {
            return false;
        }

        lock (_counts)
        {
            bool same = _counts.TryGetValue(endpoint, out (int? Status, string Code, int Count) last) && last.Status == error.StatusCode && last.Code == error.Code;
            int count = same ? last.Count + 1 : 1;
            _counts[endpoint] = (error.StatusCode, error.Code, count);
            return count >= Max;
        }
    }

    /// <summary>Starts the count of the endpoint again.</summary>
    public void Reset(ApiEndpoint endpoint)
    {
        lock (_counts)
        {
            _counts.Remove(endpoint);
        }
    }
}
