using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace MediaMagic.Simulator;

/// <summary>A blob: what is committed, and the blocks that wait to be.</summary>
internal sealed class StoredBlob
{
    private readonly object _gate = new();
    private Dictionary<string, StoredPart> _uncommitted = new(StringComparer.Ordinal);
    private Dictionary<string, StoredPart> _blocks = new(StringComparer.Ordinal);
    private volatile BlobContent? _content;
    private int _putBlobCount;
    private int _putBlockCount;
    private int _commitCount;
    private long _bytesReceived;

    public StoredBlob(string path) => Path = path;

    public string Path { get; }

    /// <summary>Gets or sets the content type that was declared when the upload was announced.</summary>
    public string? DeclaredType { get; set; }

    public int PutBlobCount => Volatile.Read(ref _putBlobCount);

    public int PutBlockCount => Volatile.Read(ref _putBlockCount);

    public int CommitCount => Volatile.Read(ref _commitCount);

    public long BytesReceived => Interlocked.Read(ref _bytesReceived);

    /// <summary>What a reader of the blob would get; null before anything is committed.</summary>
    public BlobContent? Content => _content;

    public void Put(StoredPart part, string? contentType, string? contentMd5)
    {
        lock (_gate)
        {
            _putBlobCount++;
            _bytesReceived += part.Length;
            Commit(new BlobContent([part], contentType, contentMd5 ?? Convert.ToBase64String(part.Md5)), []);
        }
    }

    /// <summary>Keeps a block; false when its id is not as long as those of the others.</summary>
    public bool TryPutBlock(string id, StoredPart part)
    {
        lock (_gate)
        {
            if (_uncommitted.Count > 0 && _uncommitted.Keys.First().Length != id.Length)
            {
                return false;
            }

            _putBlockCount++;
            _bytesReceived += part.Length;
            if (_uncommitted.TryGetValue(id, out StoredPart? replaced))
            {
                replaced.Delete();
            }

            _uncommitted[id] = part;
            return true;
        }
    }

    /// <summary>Makes the blob of the blocks named; false when one of them is not there.</summary>
    public bool TryCommit(IReadOnlyList<BlockReference> list, string? contentType, string? contentMd5)
    {
        lock (_gate)
        {
            Dictionary<string, StoredPart> blocks = new(StringComparer.Ordinal);
            List<StoredPart> parts = new(list.Count);
            foreach (BlockReference reference in list)
            {
                StoredPart? part = null;
                bool found = (reference.MayBeUncommitted && _uncommitted.TryGetValue(reference.Id, out part))
                    || (reference.MayBeCommitted && _blocks.TryGetValue(reference.Id, out part));
                if (!found)
                {
                    return false;
                }

                blocks[reference.Id] = part!;
                parts.Add(part!);
            }

            _commitCount++;
            Commit(new BlobContent(parts, contentType, contentMd5), blocks);
            return true;
        }
    }

    private void Commit(BlobContent content, Dictionary<string, StoredPart> blocks)
    {
        HashSet<StoredPart> kept = [.. content.Parts];
        foreach (StoredPart part in _uncommitted.Values.Concat(_content?.Parts ?? []).Where(part => !kept.Contains(part)))
        {
            part.Delete();
        }

        _uncommitted = new Dictionary<string, StoredPart>(StringComparer.Ordinal);
        _blocks = blocks;
        _content = content;
    }
}
