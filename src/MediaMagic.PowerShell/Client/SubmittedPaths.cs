using System;
using System.Collections.Generic;
using System.Linq;
using MediaMagic.Errors;
using MediaMagic.Transfer;

namespace MediaMagic.Client;

/// <summary>
/// Remembers what a session submitted, so that no blob path goes out twice by mistake: a few bytes for each, for they may be very many.
/// The next version of something is another matter: it may come again and again, but not while the outcome of one like it is unknown.
/// While the outcome is unknown, the file does not go out under another blob path either.
/// </summary>
internal sealed class SubmittedPaths(TransferSession transfer)
{
    private readonly Dictionary<ulong, State> _paths = [];
    private readonly TransferSession _transfer = transfer;

    private enum State
    {
        UnderWay,
        Unknown,
        Submitted,
    }

    /// <summary>Reserves the assets for one create; refuses when one of them is taken.</summary>
    public Claim Enter(IReadOnlyList<NewAsset> assets, bool force)
    {
        // Keys may need a look at the file, which no lock waits for.
        KeyedAsset[] keyed = [.. assets.Select(asset => KeyedAsset.Of(asset, _transfer))];
        HashSet<ulong> reserved = [];
        Delivery before = Delivery.NotSent;
        lock (_paths)
        {
            foreach (KeyedAsset asset in keyed)
            {
                State[] taken = [.. asset.Keys.Where(_paths.ContainsKey).Select(key => _paths[key])];
                if (taken.Length == 0)
                {
                    if (!force && _transfer.UnsettledPathOf(asset.BlobPath, asset.File) is string other)
                    {
                        Release(reserved);
                        throw new MediaMagicException(LocalErrors.AssetUnsettled(asset.BlobPath, other));
                    }

                    foreach (ulong key in asset.Keys)
                    {
                        _paths[key] = State.UnderWay;
                        reserved.Add(key);
                    }
                }
                else if (force)
                {
                    before = taken.Max() switch
                    {
                        State.Submitted => Delivery.Accepted,
                        State.Unknown when before != Delivery.Accepted => Delivery.Unknown,
                        _ => before,
                    };
                }
                else if (!reserved.Contains(asset.Keys[0]))
                {
                    Release(reserved);
                    throw new MediaMagicException(LocalErrors.AssetAlreadySubmitted(asset.BlobPath, outcomeUnknown: taken.Max() != State.Submitted));
                }
            }
        }

        return new Claim(this, keyed, reserved, before);
    }

    private void Release(HashSet<ulong> reserved)
    {
        foreach (ulong digest in reserved)
        {
            // A forced create of the same may have ended meanwhile, and what is known of it stays.
            if (_paths.TryGetValue(digest, out State state) && state == State.UnderWay)
            {
                _paths.Remove(digest);
            }
        }
    }

    /// <summary>The assets of one create while it runs: what it reserved is given back at its end, unless kept.</summary>
    public sealed class Claim(SubmittedPaths owner, KeyedAsset[] assets, HashSet<ulong> reserved, Delivery before) : IDisposable
    {
        private bool _kept;

        /// <summary>Gets what became of earlier creates of the assets.</summary>
        public Delivery Before { get; } = before;

        /// <summary>Remembers what became of the create.</summary>
        public void End(Delivery delivery)
        {
            if (delivery == Delivery.Accepted)
            {
                Keep();
            }
            else if (delivery == Delivery.Unknown)
            {
                KeepUnknown();
            }
        }

        /// <summary>The assets were submitted.</summary>
        private void Keep()
        {
            _kept = true;
            lock (owner._paths)
            {
                owner.Release(reserved);
                foreach (KeyedAsset asset in assets)
                {
                    foreach (ulong key in asset.AcceptedKeys)
                    {
                        owner._paths[key] = State.Submitted;
                    }

                    owner._transfer.Unsettled.Forget(asset.BlobPath);
                }
            }
        }

        /// <summary>Remembers that the outcome is unknown.</summary>
        private void KeepUnknown()
        {
            _kept = true;
            lock (owner._paths)
            {
                foreach (KeyedAsset asset in assets)
                {
                    if (asset.Keys.Any(key => owner._paths.TryGetValue(key, out State state) && state == State.Submitted))
                    {
                        continue;
                    }

                    foreach (ulong key in asset.Keys)
                    {
                        owner._paths[key] = State.Unknown;
                    }

                    if (owner._transfer.FileOf(asset.BlobPath, asset.File) is KnownFile file)
                    {
                        owner._transfer.Unsettled.Remember(asset.BlobPath, file);
                    }
                }
            }
        }

        public void Dispose()
        {
            if (!_kept)
            {
                lock (owner._paths)
                {
                    owner.Release(reserved);
                }
            }
        }
    }
}
