using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Client;
using MediaMagic.Errors;
using MediaMagic.Sessions;

namespace MediaMagic.Commands.Submissions;

/// <summary>A cmdlet that can wait until submissions have ended.</summary>
public abstract class WaitingCmdlet : SessionCmdlet
{
    private const double FirstInterval = 2;

    /// <summary>How long to wait at the most, in seconds.</summary>
    [Parameter]
    [ValidateRange(0.0, 604800.0)]
    public double TimeoutSec { get; set; } = 3600;

    /// <summary>Waits for the submissions and writes each as it ends.</summary>
    private protected Task WaitForAsync(
        MediaMagicClient client, IEnumerable<string> ids, CancellationToken stop, double interval = FirstInterval, bool errorOnFailure = false) =>
        new SubmissionWaiter(this, OnPipeline, client, TimeoutSec, interval).WaitAsync(
            ids,
            submission => Ended(submission, errorOnFailure),
            (id, failure) => WriteError(ErrorRecords.From(failure, id)),
            stop);

    private void Ended(Submission submission, bool errorOnFailure)
    {
        WriteObject(Live.See(submission));
        if (!SubmissionStatus.IsFailed(submission.Status))
        {
            return;
        }

        ApiError error = LocalErrors.SubmissionFailed(submission.SubmissionId!, submission.ErrorMessage);
        if (errorOnFailure)
        {
            WriteError(error, submission.SubmissionId);
        }
        else
        {
            WriteWarning(error.Message);
        }
    }
}
