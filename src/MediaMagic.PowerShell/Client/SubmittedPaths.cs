using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using MediaMagic.Errors;

namespace MediaMagic.Client;

/// <summary>Remembers what a session submitted, so that no blob path goes out twice by mistake.</summary>
internal sealed class SubmittedPaths
{
    private readonly ConcurrentDictionary<string, string> _paths = new(StringComparer.Ordinal);

    /// <summary>Reserves the paths for one create; refuses when one of them is taken.</summary>
    public Claim Enter(IReadOnlyList<string> paths, bool force)
    {
        List<string> taken = new(paths.Count);
        foreach (string path in paths.Distinct(StringComparer.Ordinal))
        {
            if (!_paths.TryAdd(path, string.Empty) && !force)
            {
                Release(taken);
                _paths.TryGetValue(path, out string? known);
                throw new MediaMagicException(LocalErrors.AssetAlreadySubmitted(path, outcomeUnknown: string.IsNullOrEmpty(known)));
            }

            taken.Add(path);
        }

        return new Claim(this, taken);
    }

    private void Release(List<string> paths)
    {
        foreach (string path in paths)
        {
            _paths.TryRemove(path, out _);
        }
    }

    /// <summary>The paths of one create while it runs: given back at its end, unless kept.</summary>
    public sealed class Claim(SubmittedPaths owner, List<string> paths) : IDisposable
    {
        private bool _kept;

        /// <summary>The paths were submitted, or may have been.</summary>
        public void Keep(string? submissionId)
        {
            _kept = true;
            foreach (string path in paths)
            {
                owner._paths[path] = submissionId ?? string.Empty;
            }
        }

        public void Dispose()
        {
            if (!_kept)
            {
                owner.Release(paths);
            }
        }
    }
}
