using System;
using System.Collections.Generic;
using System.Threading;

namespace MediaMagic.Transfer;

/// <summary>What lies under very many blob paths: a few bytes each, where the paths and files themselves would fill the memory.</summary>
internal sealed class SettledPaths
{
    private const int DigestLength = 16;
    private const long LargestRead = 64L * 1024 * 1024;

    private readonly Dictionary<ulong, ulong> _contents = [];

    /// <summary>Notes the SHA-256 of what lies under the path.</summary>
    public void Add(string blobPath, string contentHash) => _contents[PathDigest.Of(blobPath)] = Short(contentHash);

    /// <summary>Whether something else lies there already. A file is read to tell only where there is doubt, and only one that is soon read.</summary>
    public bool Refuses(string blobPath, FileIdentity file)
    {
        if (_contents.Count == 0 || !_contents.TryGetValue(PathDigest.Of(blobPath), out ulong content))
        {
            return false;
        }

        try
        {
            return file.Length > LargestRead || Short(ContentHash.Of(file.Path, CancellationToken.None).Hash) != content;
        }
        catch (MediaMagicException)
        {
            return true;
        }
    }

    private static ulong Short(string hash) => Convert.ToUInt64(hash.Substring(0, DigestLength), 16);
}
