using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.IO;

namespace MediaMagic.Transfer;

/// <summary>
/// The files of a session whose creates are unknown, by blob path. Such a file never goes under another path. Only these files are kept, and files
/// are read without a lock.
/// </summary>
internal sealed class UnsettledFiles(PathIdentity paths)
{
    private readonly ConcurrentDictionary<string, KnownFile> _files = new(StringComparer.Ordinal);

    /// <summary>Remembers that the create of the blob path is unknown.</summary>
    public void Remember(string blobPath, KnownFile file) => _files[blobPath] = file;

    /// <summary>Forgets a blob path: its create is settled, or the user wants the file sent again.</summary>
    public void Forget(string? blobPath) => _files.TryRemove(blobPath ?? string.Empty, out _);

    /// <summary>Returns the other blob path under which the file is unknown, by what is known without reading it.</summary>
    public string? FindOther(string blobPath, KnownFile file) =>
        _files.FirstOrDefault(other => other.Value.IsLike(file, paths) && other.Value.IsSame(file, paths) && other.Key != blobPath).Key;

    /// <summary>Returns the blob path under which the file is unknown. Equal content of another name counts if <paramref name="anyName"/> is set.</summary>
    public async Task<string?> FindAsync(KnownFile file, bool anyName, CancellationToken stop)
    {
        foreach (KeyValuePair<string, KnownFile> pair in _files)
        {
            if (anyName ? pair.Value.Identity.Length != file.Identity.Length : !pair.Value.IsLike(file, paths))
            {
                continue;
            }

            file = await Task.Run(() => file.ReadFor(pair.Value, paths, stop), stop).ConfigureAwait(false);
            if (file.IsSame(pair.Value, paths))
            {
                return pair.Key;
            }
        }

        return null;
    }
}
