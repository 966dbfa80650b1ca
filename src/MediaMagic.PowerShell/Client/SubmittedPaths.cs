using System;
using System.Collections.Generic;
using System.Linq;
using MediaMagic.Errors;
using MediaMagic.Transfer;

namespace MediaMagic.Client;

/// <summary>
/// Remembers what a session submitted, so that no blob path goes out twice by mistake: a few bytes for each, for they may be very many.
/// </summary>
internal sealed class SubmittedPaths
{
    // Whether the submission is known to exist.
    private readonly Dictionary<ulong, bool> _paths = [];

    /// <summary>Reserves the paths for one create; refuses when one of them is taken.</summary>
    public Claim Enter(IReadOnlyList<string> paths, bool force)
    {
        List<ulong> taken = new(paths.Count);
        lock (_paths)
        {
            foreach (string path in paths.Distinct(StringComparer.Ordinal))
            {
                ulong digest = PathDigest.Of(path);
                if (!_paths.TryGetValue(digest, out bool known))
                {
                    _paths[digest] = false;
                }
                else if (!force)
                {
                    Release(taken);
                    throw new MediaMagicException(LocalErrors.AssetAlreadySubmitted(path, outcomeUnknown: !known));
                }

                taken.Add(digest);
            }
        }

        return new Claim(this, taken);
    }

    private void Release(List<ulong> paths)
    {
        foreach (ulong path in paths)
        {
            _paths.Remove(path);
        }
    }

    /// <summary>The paths of one create while it runs: given back at its end, unless kept.</summary>
    public sealed class Claim(SubmittedPaths owner, List<ulong> paths) : IDisposable
    {
        private bool _kept;

        /// <summary>The paths were submitted, or, without an id, may have been.</summary>
        public void Keep(string? submissionId)
        {
            _kept = true;
            lock (owner._paths)
            {
                foreach (ulong path in paths)
                {
                    owner._paths[path] = !string.IsNullOrEmpty(submissionId);
                }
            }
        }

        public void Dispose()
        {
            if (!_kept)
            {
                lock (owner._paths)
                {
                    owner.Release(paths);
                }
            }
        }
    }
}
