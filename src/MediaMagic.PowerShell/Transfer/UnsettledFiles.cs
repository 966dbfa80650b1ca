using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace MediaMagic.Transfer;

/// <summary>
/// The files of a session whose creates are unknown, by blob path. Such a file never goes under another path. Only these files are kept, and files
/// are read without a lock.
/// </summary>
internal sealed class UnsettledFiles
{
    private readonly Dictionary<string, KnownFile> _files = new(StringComparer.Ordinal);

    /// <summary>Remembers that the create of the blob path is unknown.</summary>
    public void Remember(string blobPath, KnownFile file)
    {
        lock (_files)
        {
            _files[blobPath] = file;
        }
    }

    /// <summary>Forgets a blob path: its create is settled, or the user wants the file sent again.</summary>
    public void Forget(string? blobPath)
    {
        lock (_files)
        {
            _files.Remove(blobPath ?? string.Empty);
        }
    }

    /// <summary>Returns the other blob path under which the file is unknown, by what is known without reading it.</summary>
    public string? FindOther(string blobPath, KnownFile file) =>
        Where(other => other.IsLike(file) && other.IsSame(file)).Select(static pair => pair.Key).FirstOrDefault(path => path != blobPath);

    /// <summary>Returns the blob path under which the file is unknown. Equal content of another name counts if <paramref name="anyName"/> is set.</summary>
    public async Task<string?> FindAsync(KnownFile file, bool anyName, CancellationToken stop)
    {
        foreach (KeyValuePair<string, KnownFile> pair in Where(other => anyName ? other.Identity.Length == file.Identity.Length : other.IsLike(file)))
        {
            file = await Task.Run(() => file.ReadFor(pair.Value, stop), stop).ConfigureAwait(false);
            if (file.IsSame(pair.Value))
            {
                return pair.Key;
            }
        }

        return null;
    }

    private KeyValuePair<string, KnownFile>[] Where(Func<KnownFile, bool> isWanted)
    {
        lock (_files)
        {
            return [.. _files.Where(pair => isWanted(pair.Value))];
        }
    }
}
