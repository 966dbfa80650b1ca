using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Errors;

namespace MediaMagic.Transfer;

/// <summary>
/// Which file of a session each name and each blob path belongs to, so that no file overwrites another. A name is reserved before a byte is sent, in
/// the form that is equal for all names that a service might take for one; the blob path as soon as the service tells it. Files of equal content may
/// share both. Files are read without a lock.
/// </summary>
internal sealed class Reservations
{
    private readonly Dictionary<ulong, Entry> _entries = [];

    // Of very many files: a few bytes each, where paths would fill the memory.
    private readonly Dictionary<ulong, ulong> _settled = [];

    /// <summary>Reserves the name for the file; given back unless kept.</summary>
    public Task<Claim> ReserveNameAsync(string fileName, FileIdentity file, CancellationToken stop) => ReserveAsync(OfName(fileName), fileName, file, stop);

    /// <summary>Reserves the blob path for the file; given back unless kept.</summary>
    public Task<Claim> ReservePathAsync(string blobPath, FileIdentity file, CancellationToken stop) => ReserveAsync(OfPath(blobPath), blobPath, file, stop);

    /// <summary>Remembers for good, and in little room, what content the name and the blob path belong to.</summary>
    public void Settle(string fileName, string blobPath, string contentHash)
    {
        ulong content = Short(contentHash);
        lock (_entries)
        {
            foreach (ulong key in new[] { OfName(fileName), OfPath(blobPath) })
            {
                _settled[key] = content;
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
            return _entries.TryGetValue(OfPath(blobPath), out Entry? entry) ? new KnownFile(entry.File, entry.Md5) : null;
        }
    }

    private static ulong OfName(string fileName) => PathDigest.Of("name\n" + FoldedName.Of(fileName));

    private static ulong OfPath(string blobPath) => PathDigest.Of(blobPath);

    private static ulong Short(string hash) => Convert.ToUInt64(hash.Substring(0, 16), 16);

    private async Task<Claim> ReserveAsync(ulong key, string shown, FileIdentity file, CancellationToken stop)
    {
        ulong? content = null;
        while (true)
        {
            Entry? other = null;
            lock (_entries)
            {
                bool isSettled = _settled.TryGetValue(key, out ulong settled);
                if (isSettled && content is not null && content != settled)
                {
                    throw Collision(file, shown);
                }

                if (!isSettled || content == settled)
                {
                    if (!_entries.TryGetValue(key, out other))
                    {
                        _entries[key] = other = new Entry(file);
                    }

                    if (other.Knows(file))
                    {
                        other.Users++;
                        return new Claim(this, key, other);
                    }
                }
            }

            if (other is null)
            {
                content = Short((await Task.Run(() => ContentHash.Of(file.Path, stop), stop).ConfigureAwait(false)).Hash);
            }
            else if (await Task.Run(() => SameContent.Of(other.File, file, other.Md5, stop), stop).ConfigureAwait(false))
            {
                lock (_entries)
                {
                    other.Learn(file);
                }
            }
            else
            {
                throw Collision(file, shown);
            }
        }
    }

    private static MediaMagicException Collision(FileIdentity file, string shown) => new(LocalErrors.BlobPathCollision(file.Path, shown, SameContent.CanTell(file)));

    private void Release(ulong key, Entry entry)
    {
        lock (_entries)
        {
            if (--entry.Users == 0 && !entry.Kept)
            {
                _entries.Remove(key);
            }
        }
    }

    /// <summary>A name or a path while it is uploaded to.</summary>
    public sealed class Claim(Reservations owner, ulong key, Entry entry) : IDisposable
    {
        /// <summary>Remembers what goes there, by which the same bytes are known again when the file is gone or written anew.</summary>
        public void Note(byte[] md5) => entry.Md5 = md5;

        /// <summary>Gets the MD5 of what goes there, if it is known.</summary>
        public byte[]? Content => entry.Md5;

        /// <summary>Keeps the reservation: the file is there now, or may be.</summary>
        public void Keep() => entry.Kept = true;

        /// <summary>Waits for the request that puts the file there; unless storage refuses it, the file may be there from then on.</summary>
        public async Task FillAsync(Task request)
        {
            try
            {
                await request.ConfigureAwait(false);
                Keep();
            }
            catch (Exception failure) when (failure is not MediaMagicException { Error.Delivery: Delivery.Rejected or Delivery.NotSent } and not BlocksRefusedException and not BlocksLostException)
            {
                Keep();
                throw;
            }
        }

        public void Dispose() => owner.Release(key, entry);
    }

    /// <summary>What a name or a path belongs to.</summary>
    public sealed class Entry(FileIdentity file)
    {
        private FileIdentity? _same;

        public FileIdentity File { get; } = file;

        public int Users { get; set; }

        public byte[]? Md5 { get; set; }

        public bool Kept { get; set; }

        /// <summary>Returns whether it is the file, or one that was seen to hold the same.</summary>
        public bool Knows(FileIdentity other) => other == File || other == _same;

        /// <summary>Remembers a file that holds the same.</summary>
        public void Learn(FileIdentity other) => _same = other;
    }
}
