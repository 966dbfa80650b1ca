using System;
using System.Collections;

namespace MediaMagic.Bulk;

/// <summary>How a bulk run goes.</summary>
public sealed class BulkOptions
{
    /// <summary>The most assets that a submission may be given here.</summary>
    public const int MostAssets = 100;

    /// <summary>The most files that may be under way at once in each stage.</summary>
    public const int MostAtOnce = 64;

    /// <summary>A file, or postgres://user@host:port/database; none: nothing outlives the run.</summary>
    public string? Ledger { get; set; }

    /// <summary>How many files become one submission.</summary>
    public int AssetsPerSubmission { get; set; } = 1;

    /// <summary>How many files are uploaded at once, and how many submissions created.</summary>
    public int ThrottleLimit { get; set; } = 8;

    /// <summary>Whether to wait until the submissions have ended.</summary>
    public bool Wait { get; set; }

    /// <summary>How long to wait for a submission at the most.</summary>
    public TimeSpan WaitTimeout { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How soon to look at a submission again; it becomes less often.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The sidekicks to ask; null leaves it to the service.</summary>
    public Guid[]? SidekickIds { get; set; }

    /// <summary>Anything to keep with each submission.</summary>
    public IDictionary? Metadata { get; set; }

    /// <summary>Whether files that failed for good in an earlier run are tried again.</summary>
    public bool RetryFailed { get; set; }

    /// <summary>Whether files whose submission stays unknown are submitted again, at the risk that the service has them twice.</summary>
    public bool ResubmitUnknown { get; set; }

    /// <summary>How long a file stays claimed by a process that is heard of no more.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a ledger that was lost is waited for.</summary>
    public TimeSpan LedgerPatience { get; set; } = Bulk.LedgerPatience.Limit;

    /// <summary>Gets or sets a folder for journals, by which large uploads go on where an earlier run was interrupted; null for none.</summary>
    public string? StateFolder { get; set; }

    /// <summary>Gets or sets what is called before and after each commit of the ledger, where a process may end.</summary>
    internal Action? Boundary { get; set; }

    /// <summary>Refuses values that cannot work.</summary>
    public void Validate()
    {
        Within(AssetsPerSubmission, MostAssets, nameof(AssetsPerSubmission));
        Within(ThrottleLimit, MostAtOnce, nameof(ThrottleLimit));
        if (Lease < TimeSpan.FromMilliseconds(100))
        {
            throw new ArgumentOutOfRangeException(nameof(Lease), "A lease of less than 100 ms cannot be renewed in time.");
        }
    }

    private static void Within(int value, int most, string name)
    {
        if (value < 1 || value > most)
        {
            throw new ArgumentOutOfRangeException(name, $"{name} must be from 1 to {most}; {value} is not.");
        }
    }
}
