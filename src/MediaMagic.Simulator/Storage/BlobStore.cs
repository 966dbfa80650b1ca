using System;
using System.Collections.Concurrent;
using System.IO;
using System.Threading;

namespace MediaMagic.Simulator;

/// <summary>All blobs, by <c>workspace/filename</c>.</summary>
internal sealed class BlobStore : IDisposable
{
    // Thousands of small files would be slow to remove.
    private const long OwnFileFrom = 64L * 1024 * 1024;
    private readonly string _sharedFile = $"parts-{Guid.NewGuid():N}.bin";
    private readonly ConcurrentDictionary<string, StoredBlob> _blobs = new(StringComparer.Ordinal);
    private readonly Lazy<string?> _folder;
    private readonly bool _private;
    private long _sharedEnd;
    private long _blockUploads;
    private long _flippedBytes;

    public BlobStore(SimulatorOptions options)
    {
        _private = options.StorageFolder is null;
        string folder = options.StorageFolder ?? Path.Combine(Path.GetTempPath(), "mediamagic-simulator-" + Guid.NewGuid().ToString("N"));
        _folder = new Lazy<string?>(() => options.DiscardBlobContent ? null : Directory.CreateDirectory(folder).FullName);
    }

    public long BlockUploads => Interlocked.Read(ref _blockUploads);

    public long FlippedBytes => Interlocked.Read(ref _flippedBytes);

    /// <summary>Makes room for as many bytes; a fault may flip one of them on its way.</summary>
    public PartSink NewSink(long length, ChecksumKinds checksums, bool flipByte)
    {
        LastByteFlip? flip = flipByte ? new LastByteFlip(CountFlip) : null;
        if (_folder.Value is not string folder)
        {
            // The bytes are gone when a test asks for the MD5.
            return new PartSink(null, checksums | ChecksumKinds.Md5, flip);
        }

        PartPlace place = length < OwnFileFrom
            ? new PartPlace(Path.Combine(folder, _sharedFile), Interlocked.Add(ref _sharedEnd, length) - length, isShared: true)
            : new PartPlace(Path.Combine(folder, Guid.NewGuid().ToString("N") + ".bin"), 0, isShared: false);
        return new PartSink(place, checksums, flip);
    }

    public StoredBlob GetOrAdd(string path) => _blobs.GetOrAdd(path, static name => new StoredBlob(name));

    public StoredBlob? Find(string path) => _blobs.TryGetValue(path, out StoredBlob? blob) ? blob : null;

    public void CountFlip() => Interlocked.Increment(ref _flippedBytes);

    public void CountBlock() => Interlocked.Increment(ref _blockUploads);

    public void Dispose()
    {
        if (!_private || !_folder.IsValueCreated || _folder.Value is null)
        {
            return;
        }

        try
        {
            Directory.Delete(_folder.Value, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // An upload that was under way may still hold its file; the system's temporary folder is cleaned by others.
        }
    }
}
