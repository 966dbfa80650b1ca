using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Errors;

namespace MediaMagic.Transfer;

/// <summary>
/// Remembers what a session uploaded where, so that no file overwrites another. Where an upload through the service
/// ends up is known only from its answer; until the service shows otherwise it is taken to be "…/name".
/// </summary>
internal sealed class PathGuard
{
    private const string UnknownFolder = "?/";
    private const int MostFolders = 32;

    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly HashSet<string> _folders = new(StringComparer.Ordinal);
    private readonly SettledPaths _settled = new();
    private readonly Dictionary<string, NameLock> _names = new(StringComparer.Ordinal);

    /// <summary>Waits until no other upload of that name is about to learn its path.</summary>
    public async Task<IDisposable> EnterAsync(string fileName, CancellationToken stop)
    {
        NameLock name;
        lock (_entries)
        {
            if (!_names.TryGetValue(fileName, out name!))
            {
                _names[fileName] = name = new NameLock(this, fileName);
            }

            name.Users++;
        }

        try
        {
            await name.Gate.WaitAsync(stop).ConfigureAwait(false);
            return name;
        }
        catch
        {
            Leave(name);
            throw;
        }
    }

    /// <summary>Refuses a file that would end up where this session put another one of that name.</summary>
    public void CheckName(string fileName, FileIdentity file)
    {
        lock (_entries)
        {
            // A service that gives every upload a folder of its own makes no collisions.
            foreach (string folder in _folders.Count <= MostFolders ? _folders : [])
            {
                if ((_entries.TryGetValue(folder + fileName, out Entry? entry) && !entry.Holds(file)) || _settled.Refuses(folder + fileName, file))
                {
                    throw Collision(file, folder + fileName);
                }
            }
        }
    }

    /// <summary>Reserves the path for the file; given back unless kept.</summary>
    public Claim Reserve(string blobPath, FileIdentity file)
    {
        lock (_entries)
        {
            if ((_entries.TryGetValue(blobPath, out Entry? entry) && !entry.Holds(file)) || _settled.Refuses(blobPath, file))
            {
                throw Collision(file, blobPath);
            }

            int end = blobPath.LastIndexOf('/') + 1;
            string name = blobPath.Substring(end);
            if (_entries.TryGetValue(UnknownFolder + name, out Entry? unknown) && !unknown.Holds(file))
            {
                throw Collision(file, blobPath);
            }

            _entries[blobPath] = entry ??= new Entry(file);
            _folders.Add(blobPath.Substring(0, end));
            entry.Users++;
            return new Claim(this, blobPath, entry);
        }
    }

    /// <summary>Remembers for good, and in little room, what lies under the path, in the place of which file it was.</summary>
    public void Settle(string blobPath, string contentHash)
    {
        lock (_entries)
        {
            _settled.Add(blobPath, contentHash);
            if (_entries.TryGetValue(blobPath, out Entry? entry) && entry.Users == 0)
            {
                _entries.Remove(blobPath);
            }
        }
    }

    /// <summary>Notes that the file may have been uploaded, wherever the service puts that name.</summary>
    public void NoteUnknown(string fileName, FileIdentity file, byte[] md5)
    {
        using Claim claim = Reserve(UnknownFolder + fileName, file);
        claim.Note(md5);
        claim.Keep();
    }

    private static MediaMagicException Collision(FileIdentity file, string blobPath) =>
        new(LocalErrors.BlobPathCollision(file.Path, blobPath.StartsWith(UnknownFolder, StringComparison.Ordinal) ? blobPath.Substring(UnknownFolder.Length) : blobPath, SameContent.CanTell(file)));

    private void Leave(NameLock name)
    {
        lock (_entries)
        {
            if (--name.Users == 0)
            {
                _names.Remove(name.FileName);
                name.Gate.Dispose();
            }
        }
    }

    private void Release(string blobPath, Entry entry)
    {
        lock (_entries)
        {
            if (--entry.Users == 0 && !entry.Kept)
            {
                _entries.Remove(blobPath);
            }
        }
    }

    /// <summary>A path while it is uploaded to.</summary>
    public sealed class Claim(PathGuard owner, string blobPath, Entry entry) : IDisposable
    {
        /// <summary>Remembers what goes there, by which the same bytes are known again when the file is gone or written anew.</summary>
        public void Note(byte[] md5) => entry.Md5 = md5;

        /// <summary>The file is there now, or may be.</summary>
        public void Keep() => entry.Kept = true;

        /// <summary>Waits for the request that puts the file there; unless storage refuses it, the file may be there from then on.</summary>
        public async Task FillAsync(Task request)
        {
            try
            {
                await request.ConfigureAwait(false);
                Keep();
            }
            catch (Exception failure) when (failure is not MediaMagicException { Error.StatusCode: >= 400 and < 500 } and not BlocksRefusedException and not BlocksLostException)
            {
                Keep();
                throw;
            }
        }

        public void Dispose() => owner.Release(blobPath, entry);
    }

    /// <summary>What lies, or will lie, under a path.</summary>
    public sealed class Entry(FileIdentity file)
    {
        private FileIdentity? _same;

        public int Users { get; set; }

        public byte[]? Md5 { get; set; }

        public bool Kept { get; set; }

        /// <summary>Whether the file may go there: it is the same one, or its bytes are the same.</summary>
        public bool Holds(FileIdentity other)
        {
            if (other != file && other != _same)
            {
                if (!SameContent.Of(file, other, Md5))
                {
                    return false;
                }

                _same = other;
            }

            return true;
        }
    }

    private sealed class NameLock(PathGuard owner, string fileName) : IDisposable
    {
        public string FileName { get; } = fileName;

        public SemaphoreSlim Gate { get; } = new(1, 1);

        public int Users { get; set; }

        public void Dispose()
        {
            Gate.Release();
            owner.Leave(this);
        }
    }
}
