using System;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;

namespace MediaMagic.Transfer;

/// <summary>The plan of an upload and what of it is done, kept in a journal where the caller wants to take it up later.</summary>
internal sealed class BlockState : IDisposable
{
    private readonly UploadJob _job;
    private readonly UploadJournal? _journal;
    private readonly string _blobPath;
    private readonly string _nonce;

    private BlockState(UploadJob job, UploadJournal? journal, string blobPath)
    {
        _job = job;
        _journal = journal;
        _blobPath = blobPath;
        JournalRecord? earlier = journal?.Read(job.Source.Identity, job.ContentType);
        if (earlier?.BlobPath != blobPath)
        {
            earlier = null;
        }

        byte[] nonce = earlier is null ? RandomNumberGenerator.GetBytes(BlockPlan.NonceLength) : JournalRules.NonceOf(earlier)!;
        _nonce = Convert.ToBase64String(nonce);
        Plan = new BlockPlan(job.Source.Length, earlier?.BlockSize ?? BlockPlan.Fit(job.Source.Length, job.Request.BlockSizeBytes), nonce);
        Blocks = new BlockSet(earlier?.Blocks ?? new string?[Plan.Count]);
    }

    public BlockPlan Plan { get; }

    public BlockSet Blocks { get; }

    /// <summary>The state that an earlier process left, or a fresh one.</summary>
    public static BlockState Open(UploadJob job, string blobPath)
    {
        UploadJournal? journal = job.Request.StateFolder is string folder
            ? UploadJournal.Open(folder, job.Session.Owner, job.FileName, job.Source.Identity, job.Session.Clock)
            : null;
        return new BlockState(job, journal, blobPath);
    }

    /// <summary>Notes what is sent by now.</summary>
    public Task SaveAsync(CancellationToken stop) => _journal?.SaveAsync(Tell, stop) ?? Task.CompletedTask;

    /// <summary>There is nothing to take up any more.</summary>
    public void Forget() => _journal?.Delete();

    public void Dispose() => _journal?.Dispose();

    private JournalRecord Tell() => new()
    {
        Path = _job.Source.Identity.Path,
        Length = _job.Source.Length,
        LastWriteUtc = _job.Source.Identity.LastWriteUtc,
        ContentType = _job.ContentType,
        BlobPath = _blobPath,
        BlockSize = Plan.BlockSize,
        Nonce = _nonce,
        Blocks = Blocks.Snapshot(),
    };
}
