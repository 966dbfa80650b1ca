using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Errors;
using MediaMagic.IO;

namespace MediaMagic.Transfer;

/// <summary>
/// Which file of a session each name and each blob path belongs to, so that no file overwrites another. A name is reserved before a byte is sent, in
/// the form that is equal for all names that a service might take for one; the blob path as soon as the service tells it. Files of equal content may
/// share both.
/// </summary>
internal sealed class Reservations(PathIdentity paths)
{
    private readonly Dictionary<ulong, Entry> _entries = [];

    // Of very many files: a few bytes each, where paths would fill the memory.
    private readonly Dictionary<ulong, ulong> _settled = [];

    /// <summary>Reserves the name for the file; given back unless kept.</summary>
    public Task<Claim> ReserveNameAsync(string fileName, KnownFile file, CancellationToken stop) => ReserveAsync(OfName(fileName), fileName, file, stop);

    /// <summary>Reserves the blob path for the file; given back unless kept.</summary>
    public Task<Claim> ReservePathAsync(string blobPath, KnownFile file, CancellationToken stop) => ReserveAsync(PathDigest.Of(blobPath), blobPath, file, stop);

    /// <summary>Remembers for good, and in little room, what content the name and the blob path belong to.</summary>
    public void Settle(string fileName, string blobPath, string contentHash)
    {
        lock (_entries)
        {
            foreach (ulong key in new[] { OfName(fileName), PathDigest.Of(blobPath) })
            {
                _settled[key] = Short(contentHash);
                if (_entries.TryGetValue(key, out Entry? entry) && entry.Users == 0)
                {
                    _entries.Remove(key);
                }
            }
        }
    }

    /// <summary>Returns the file that was uploaded to the blob path; null when this session did not upload it.</summary>
    public KnownFile? FileAt(string blobPath)
    {
        lock (_entries)
        {
            return _entries.TryGetValue(PathDigest.Of(blobPath), out Entry? entry) ? entry.File : null;
        }
    }

    private static ulong OfName(string fileName) => PathDigest.Of("name\n" + FoldedName.Of(fileName));

    private static ulong Short(string hash) => Convert.ToUInt64(hash.Substring(0, 16), 16);

    private async Task<Claim> ReserveAsync(ulong key, string shown, KnownFile file, CancellationToken stop)
    {
        if (TryReserve(key, shown, file) is Claim claim)
        {
            return claim;
        }

        // A large file, whose content matters only now. It is read without a lock.
        string hash = (await Task.Run(() => ContentDigest.Of(file.Identity.Path, stop), stop).ConfigureAwait(false)).Hash;
        return TryReserve(key, shown, file with { Hash = hash })!;
    }

    // Null when the content has to be known.
    private Claim? TryReserve(ulong key, string shown, KnownFile file)
    {
        lock (_entries)
        {
            if (_settled.TryGetValue(key, out ulong settled))
            {
                if (file.Hash is null)
                {
                    return null;
                }

                if (Short(file.Hash) != settled)
                {
                    throw Collision(true);
                }
            }

            if (!_entries.TryGetValue(key, out Entry? entry))
            {
                _entries[key] = entry = new Entry(file);
            }
            else if (!entry.File.IsSame(file, paths))
            {
                throw Collision(entry.File.Hash is not null || entry.File.Crc is not null);
            }

            entry.Users++;
            return new Claim(this, key, entry);
        }

        MediaMagicException Collision(bool isKnown) => new(LocalErrors.BlobPathCollision(file.Identity.Path, shown, compared: isKnown && file.Hash is not null));
    }

    private void Release(ulong key, Entry entry)
    {
        lock (_entries)
        {
            if (--entry.Users == 0 && !entry.IsKept)
            {
                _entries.Remove(key);
            }
        }
    }

    /// <summary>A name or a path while it is uploaded to.</summary>
    public sealed class Claim(Reservations owner, ulong key, Entry entry) : IDisposable
    {
        /// <summary>Notes the CRC64 of a file that was too large to be read before it was sent.</summary>
        public void Note(ulong crc) => entry.File = entry.File with { Crc = crc };

        /// <summary>Keeps the reservation: the file is there now, or may be.</summary>
        public void Keep() => entry.IsKept = true;

        /// <summary>Waits for the request that puts the file there. The file may be there from then on, unless the request had no effect.</summary>
        public async Task<T> FillAsync<T>(Task<T> request)
        {
            try
            {
                T answer = await request.ConfigureAwait(false);
                Keep();
                return answer;
            }
            catch (Exception failure) when (Deliveries.Of(failure) is Delivery.Unknown or Delivery.Accepted)
            {
                Keep();
                throw;
            }
        }

        public void Dispose() => owner.Release(key, entry);
    }

    /// <summary>The file that a name or a path belongs to.</summary>
    public sealed class Entry(KnownFile file)
    {
        public KnownFile File { get; set; } = file;

        public int Users { get; set; }

        public bool IsKept { get; set; }
    }
}
