using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MediaMagic.IO;

namespace MediaMagic.Transfer;

/// <summary>
/// The plan of an upload and the blocks that storage has. It is kept in a file, if there is a folder for it: a line for the upload, and one for each
/// block. One process at a time uses the file.
/// </summary>
internal sealed class UploadJournal : IDisposable
{
    private const string Pattern = "upload-*.journal";
    private const int MaxLength = 16 * 1024 * 1024;

    // Storage discards blocks that no list names within a week.
    private static readonly TimeSpan s_lifetime = TimeSpan.FromDays(7);

    private readonly object _gate = new();
    private readonly SentBlock?[] _sent;
    private readonly byte[] _head;
    private FileStream? _file;

    private UploadJournal(UploadJob job, string blobPath, FileStream? file)
    {
        FileIdentity source = job.Source.Identity;
        string[] lines = file is null || job.Request.StartOver ? [] : Read(file);
        JournalRecord? earlier = lines.Length == 0 ? null : Parse(lines[0]);
        JournalRecord record = earlier is not null && earlier.Fits(source, job.ContentType, blobPath, job.Session.PathIdentity) ? earlier : new JournalRecord
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
        if (record != earlier)
        {
            Clear();
        }
        else
        {
            foreach (string line in lines.Skip(1))
            {
                Add(line);
            }

            // The last line may be cut where a process was killed.
            Write([(byte)'\n']);
        }
    }

    public BlockPlan Plan { get; }

    /// <summary>Gets how many bytes storage has.</summary>
    public long SentBytes => Enumerable.Range(0, Plan.Count).Where(index => _sent[index] is not null).Sum(Plan.LengthOf);

    /// <summary>
    /// Opens the journal of an upload. It is kept in memory alone without a folder that can be used, and while another process uploads the same file.
    /// </summary>
    public static UploadJournal Open(UploadJob job, string blobPath) => new(job, blobPath, job.Request.StateFolder is string folder ? OpenFile(job, folder) : null);

    /// <summary>Returns the name of an upload of the file under another spelling of its path, so that this one continues it; null when there is none.</summary>
    public static string? NameOf(UploadJob job)
    {
        PathIdentity paths = job.Session.PathIdentity;
        if (job.Request.StateFolder is not string folder || KeyOfName(job, job.FileName) is not string key)
        {
            return null;
        }

        try
        {
            using StreamReader reader = new(new FileStream(PathOf(job, Path.GetFullPath(folder)), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
            return Parse(reader.ReadLine() ?? string.Empty) is { FileName: string name } record && record.IsOf(job.Source.Identity, paths) && KeyOfName(job, name) == key ? name : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
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
            Write(Encoding.ASCII.GetBytes(string.Format(CultureInfo.InvariantCulture, "{0} {1} {2:x16}\n", index, block.Id, block.Crc)));
        }
    }

    /// <summary>Notes that storage has no block.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            Array.Clear(_sent, 0, _sent.Length);
            Write(_head, isFirst: true);
        }
    }

    /// <summary>Removes the file: the upload is done.</summary>
    public void Delete()
    {
        string? path = _file?.Name;
        Dispose();
        try
        {
            File.Delete(path ?? string.Empty);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // The next upload of the file finds all blocks in it, or none in storage.
        }
    }

    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
    }

    private static FileStream? OpenFile(UploadJob job, string folder)
    {
        try
        {
            DirectoryInfo home = PrivateFile.CreateFolder(folder);
            RemoveOld(home, job.Session.Clock.GetUtcNow() - s_lifetime);
            string path = PathOf(job, home.FullName);
            FileAttributes attributes = new FileInfo(path).Attributes;
            if (attributes != (FileAttributes)(-1) && (attributes & FileAttributes.ReparsePoint) != 0)
            {
                // The name can be guessed: nothing is written through a link. -1 stands for a file that does not exist.
                File.Delete(path);
            }

            return PrivateFile.Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            // A journal that cannot be kept must not fail the upload.
            return null;
        }
    }

    private static string PathOf(UploadJob job, string folder)
    {
        string name = KeyOfName(job, job.FileName) ?? job.FileName;
        byte[] digest = SHA256.HashData(Encoding.UTF8.GetBytes($"{job.Session.Owner}\n{name}\n{job.Session.PathIdentity.KeyOf(job.Source.Identity.Path)}"));
        return Path.Combine(folder, Pattern.Replace("*", Convert.ToHexString(digest).Substring(0, 32)));
    }

    private static string? KeyOfName(UploadJob job, string name) => job.Session.PathIdentity.NameKeyOf(job.Source.Identity.Path, name);

    private static void RemoveOld(DirectoryInfo folder, DateTimeOffset oldest)
    {
        foreach (FileInfo file in folder.EnumerateFiles(Pattern))
        {
            try
            {
                file.Refresh();
                if (file.Exists && file.LastWriteTimeUtc < oldest)
                {
                    file.Delete();
                }
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                // Another process has it open, or removes it as well.
            }
        }
    }

    private static string[] Read(FileStream file)
    {
        try
        {
            byte[] text = new byte[Math.Min(file.Length, MaxLength)];
            int length = file.Read(text, 0, text.Length);
            return Encoding.UTF8.GetString(text, 0, length).Split('\n');
        }
        catch (Exception failure) when (failure is IOException or NotSupportedException)
        {
            return [];
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

    private void Add(string line)
    {
        string[] parts = line.Split(' ');
        if (parts.Length == 3 && parts[2].Length == 16
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < _sent.Length && BlockPlan.IsId(parts[1], index)
            && ulong.TryParse(parts[2], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong crc))
        {
            _sent[index] = new SentBlock(parts[1], crc);
        }
    }

    private void Write(byte[] line, bool isFirst = false)
    {
        try
        {
            if (isFirst)
            {
                _file?.SetLength(0);
            }

            _file?.Seek(0, SeekOrigin.End);
            _file?.Write(line, 0, line.Length);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // What was written before still holds true: no block id ever stands for two contents.
            Dispose();
        }
    }
}
