using System;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json;
using MediaMagic.IO;

namespace MediaMagic.Transfer;

/// <summary>
/// The plan of an upload and the blocks that storage has. It is kept in a file, if there is a folder for it: a line for the upload, and one for each
/// block. One process at a time uses the file. While another program holds it, every block tries to open it again.
/// </summary>
internal sealed class UploadJournal : IDisposable
{
    private readonly object _gate = new();
    private readonly SentBlock?[] _sent;
    private readonly byte[] _head;
    private readonly JournalFile? _file;
    private readonly Func<JournalRecord, bool> _fits;

    // Storage has none of the blocks that are in a file which could not be written.
    private bool _isStale;

    private UploadJournal(UploadJob job, string blobPath, JournalFile? file)
    {
        FileIdentity source = job.Source.Identity;
        _fits = earlier => earlier.Fits(source, job.ContentType, blobPath, job.Session.PathIdentity);
        _isStale = job.Request.StartOver;
        bool isOpen = file?.TryOpen() == true;
        string[] lines = !isOpen || _isStale ? [] : file!.Read();
        JournalRecord? earlier = RecordOf(lines);
        JournalRecord record = earlier ?? new JournalRecord
        {
            Path = source.Path,
            FileName = job.FileName,
            Length = source.Length,
            LastWriteUtc = source.LastWriteUtc,
            ContentType = job.ContentType,
            BlobPath = blobPath,
            BlockSize = BlockPlan.Fit(source.Length, job.Request.BlockSizeBytes),
        };
        Plan = new BlockPlan(source.Length, record.BlockSize);
        _sent = new SentBlock?[Plan.Count];
        _head = [.. JsonSerializer.SerializeToUtf8Bytes(record, JournalJson.Default.JournalRecord), (byte)'\n'];
        _file = file;
        if (earlier is not null)
        {
            foreach (string line in lines.Skip(1))
            {
                if (BlockOf(line, Plan.Count) is var (index, block))
                {
                    _sent[index] = block;
                }
            }

            // The last line may be cut where a process was killed.
            Write([(byte)'\n']);
        }
        else if (isOpen)
        {
            Clear();
        }
    }

    public BlockPlan Plan { get; }

    /// <summary>Gets how many bytes storage has.</summary>
    public long SentBytes => Enumerable.Range(0, Plan.Count).Where(index => _sent[index] is not null).Sum(Plan.LengthOf);

    /// <summary>
    /// Opens the journal of an upload. It is kept in memory alone without a folder that can be used, and while another process has the file open.
    /// </summary>
    public static UploadJournal Open(UploadJob job, string blobPath) => new(job, blobPath, job.Request.StateFolder is string folder ? JournalFile.Of(job, folder) : null);

    /// <summary>Returns the name of an upload of the file under another spelling of its path, so that this one continues it; null when there is none.</summary>
    public static string? NameOf(UploadJob job)
    {
        PathIdentity paths = job.Session.PathIdentity;
        return job.Request.StateFolder is string folder && JournalFile.KeyOfName(job, job.FileName) is string key
            && Parse(JournalFile.FirstLineOf(job, folder)) is { FileName: string name } record
            && record.IsOf(job.Source.Identity, paths) && JournalFile.KeyOfName(job, name) == key
            ? name
            : null;
    }

    /// <summary>Returns the block that storage has; null when it does not have it.</summary>
    public SentBlock? BlockAt(int index)
    {
        lock (_gate)
        {
            return _sent[index];
        }
    }

    /// <summary>Notes that storage has the block.</summary>
    public void Sent(int index, SentBlock block)
    {
        lock (_gate)
        {
            _sent[index] = block;
            Write(Encoding.ASCII.GetBytes(LineOf(index, block)));
        }
    }

    /// <summary>Notes that storage has no block.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            Array.Clear(_sent, 0, _sent.Length);
            _isStale = true;
            Write(_head, isFirst: true);
        }
    }

    /// <summary>Removes the file: the upload is done.</summary>
    public void Delete()
    {
        lock (_gate)
        {
            _file?.Delete();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _file?.Dispose();
        }
    }

    private static JournalRecord? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, JournalJson.Default.JournalRecord);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string LineOf(int index, SentBlock block) => string.Format(CultureInfo.InvariantCulture, "{0} {1} {2:x16}\n", index, block.Id, block.Crc);

    private static (int Index, SentBlock Block)? BlockOf(string line, int count)
    {
        string[] parts = line.Split(' ');
        return parts.Length == 3 && parts[2].Length == 16
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < count && BlockPlan.IsId(parts[1], index)
            && ulong.TryParse(parts[2], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong crc)
            ? (index, new SentBlock(parts[1], crc))
            : null;
    }

    private JournalRecord? RecordOf(string[] lines) => lines.Length > 0 && Parse(lines[0]) is JournalRecord earlier && _fits(earlier) ? earlier : null;

    private void Write(byte[] line, bool isFirst = false)
    {
        if (_file is not { IsOpen: true })
        {
            GoOn();
        }
        else if (_file.Write(line, isFirst) && isFirst)
        {
            _isStale = false;
        }
    }

    // The file was held when this upload began, or when it wrote a line. The blocks that are in it stay there for the next upload, and those of this
    // one are added. An upload by another plan keeps its file until this one has sent more.
    private void GoOn()
    {
        if (_file?.TryOpen() != true)
        {
            return;
        }

        string[] lines = _isStale ? [] : _file.Read();
        JournalRecord? earlier = RecordOf(lines);
        bool isSamePlan = earlier?.BlockSize == Plan.BlockSize;
        if (earlier is not null && !isSamePlan && SentBytesOf(earlier, lines) > SentBytes)
        {
            _file.Close();
            return;
        }

        string all = string.Concat(Enumerable.Range(0, Plan.Count).Select(index => _sent[index] is SentBlock block ? LineOf(index, block) : null));
        byte[] start = isSamePlan ? [(byte)'\n'] : _head;
        if (_file.Write([.. start, .. Encoding.ASCII.GetBytes(all)], isFirst: !isSamePlan))
        {
            _isStale = false;
        }
    }

    private static long SentBytesOf(JournalRecord record, string[] lines)
    {
        BlockPlan plan = new(record.Length, record.BlockSize);
        return lines.Skip(1).Select(line => BlockOf(line, plan.Count)?.Index).OfType<int>().Distinct().Sum(plan.LengthOf);
    }
}
