using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Client;
using MediaMagic.Errors;
using MediaMagic.Reports;

namespace MediaMagic.Commands.Reports;

/// <summary>Reads what a report needs; what cannot be read becomes an error, and a line in the report.</summary>
internal sealed class ReportReader(MediaMagicClient client, Action<ErrorRecord> tell)
{
    private const int AtOnce = 8;

    /// <summary>Reads a submission with all its assets and adds it to the report.</summary>
    public async Task ReadAsync(string id, ReportFile report, CancellationToken stop)
    {
        ReportSubmission? submission = null;
        await Try(id, $"Submission {id}", report.AddProblem, async () => submission = new ReportSubmission(await client.Submissions.GetAsync(id, stop)));
        if (submission is null)
        {
            return;
        }

        ParallelQueue queue = new();
        foreach (ReportAsset asset in submission.Assets)
        {
            if (asset.Listed.AssetId is string assetId)
            {
                await queue.AddAsync(() => ReadAsync(id, assetId, asset, stop), AtOnce);
            }
        }

        await queue.FinishAsync();
        report.Add(submission);
    }

    private async Task ReadAsync(string submissionId, string assetId, ReportAsset asset, CancellationToken stop)
    {
        await Try(assetId, $"Asset {assetId}", asset.Problems.Add, async () => asset.Read = await client.Assets.GetAsync(submissionId, assetId, stop));
        if (SubmissionStatus.IsFinal(asset.Status) && !SubmissionStatus.IsFailed(asset.Status))
        {
            await Try(assetId, $"Topics of asset {assetId}", asset.Problems.Add, async () => asset.Topics = await client.Assets.GetTopicsAsync(submissionId, assetId, stop));
        }
    }

    private async Task Try(string target, string what, Action<string> note, Func<Task> read)
    {
        try
        {
            await read();
        }
        catch (Exception failure) when (ErrorRecords.From(failure, target) is ErrorRecord record)
        {
            note($"{what} could not be read. {record.ErrorDetails?.Message ?? failure.Message}");
            tell(record);
        }
    }
}
