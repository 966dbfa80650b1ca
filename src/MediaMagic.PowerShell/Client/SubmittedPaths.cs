using System;
using System.Collections.Generic;
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
        HashSet<ulong> reserved = [];
        Delivery before = Delivery.NotSent;
        lock (_paths)
        {
            foreach (NewAsset asset in assets)
            {
                ulong digest = DigestOf(asset);
                if (!_paths.TryGetValue(digest, out State state))
                {
                    if (!force && _transfer.UnsettledPathOf(asset.BlobPath, asset.File) is string other)
                    {
                        Release(reserved);
                        throw new MediaMagicException(LocalErrors.AssetUnsettled(asset.BlobPath, other));
                    }

                    _paths[digest] = State.UnderWay;
                    reserved.Add(digest);
                }
                else if (force)
                {
                    before = state switch
                    {
                        State.Submitted => Delivery.Accepted,
                        State.Unknown when before != Delivery.Accepted => Delivery.Unknown,
                        _ => before,
                    };
                }
                else if (!reserved.Contains(digest))
                {
                    Release(reserved);
                    throw new MediaMagicException(LocalErrors.AssetAlreadySubmitted(asset.BlobPath, outcomeUnknown: state != State.Submitted));
                }
            }
        }

        return new Claim(this, assets, reserved, before);
    }

    // No blob path holds a line break.
    private static ulong DigestOf(NewAsset asset) =>
        PathDigest.Of(asset.PreviousSubmissionId is null ? asset.BlobPath : asset.BlobPath + "\n" + asset.PreviousSubmissionId);

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
    public sealed class Claim(SubmittedPaths owner, IReadOnlyList<NewAsset> assets, HashSet<ulong> reserved, Delivery before) : IDisposable
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
                foreach (NewAsset asset in assets)
                {
                    owner._paths[PathDigest.Of(asset.BlobPath)] = State.Submitted;
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
                foreach (NewAsset asset in assets)
                {
                    ulong digest = DigestOf(asset);
                    if (owner._paths.TryGetValue(digest, out State state) && state == State.Submitted)
                    {
                        continue;
                    }

                    owner._paths[digest] = State.Unknown;
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
