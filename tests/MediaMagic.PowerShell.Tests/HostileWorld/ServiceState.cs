using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace MediaMagic.Tests.HostileWorld;

/// <summary>What the service and its users have when a process ends: blobs, submissions, and what users were told is done.</summary>
internal sealed class ServiceState(Naming naming)
{
    /// <summary>The workspace, with which every blob path begins.</summary>
    public const string Workspace = "6f1c3c0e-5a53-4a55-9d53-0a7c1f6a9b10";

    private readonly SortedDictionary<string, string> _blobs = new(StringComparer.Ordinal);
    private readonly List<Acceptance> _accepted = [];
    private readonly SortedSet<(string BlobPath, string Content)> _done = [];

    // Blobs of which the world has decided that they are there. Storage may have lost any other one meanwhile.
    private readonly HashSet<string> _sure = new(StringComparer.Ordinal);
    private int _uploads;

    /// <summary>Gets the accepted assets.</summary>
    public IReadOnlyList<Acceptance> Accepted => _accepted;

    /// <summary>Gets or sets how many attempts to create a submission the world has decided.</summary>
    public int Attempts { get; set; }

    /// <summary>Gets how often something changed that outlives the process.</summary>
    public int Changes { get; private set; }

    /// <summary>Returns the blob path without the number that makes it unique.</summary>
    public static string Short(string blobPath)
    {
        string name = blobPath[(blobPath.LastIndexOf('/') + 1)..];
        return char.IsAsciiDigit(name[0]) ? name[(name.IndexOf('-', StringComparison.Ordinal) + 1)..] : name;
    }

    /// <summary>Returns a state that the next process may change.</summary>
    public ServiceState Clone()
    {
        ServiceState clone = new(naming) { Attempts = Attempts, _uploads = _uploads };
        foreach ((string path, string content) in _blobs)
        {
            clone._blobs.Add(path, content);
        }

        clone._accepted.AddRange(_accepted);
        clone._done.UnionWith(_done);
        return clone;
    }

    /// <summary>Returns the blob path for a file name.</summary>
    public string NameOf(string name)
    {
        string given = naming switch
        {
            Naming.Sanitised => string.Concat(name.ToLowerInvariant().Select(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' ? c : '_')),
            Naming.Unique => string.Create(CultureInfo.InvariantCulture, $"{++_uploads}-{name}"),
            _ => name,
        };
        return $"{Workspace}/{given}";
    }

    /// <summary>Stores a blob.</summary>
    public void Store(string blobPath, string content)
    {
        _sure.Add(blobPath);
        if (!_blobs.TryGetValue(blobPath, out string? before) || before != content)
        {
            _blobs[blobPath] = content;
            Changes++;
        }
    }

    /// <summary>Returns whether a blob was stored, and is not known to be gone.</summary>
    public bool Holds(string? blobPath) => blobPath is not null && _blobs.ContainsKey(blobPath);

    /// <summary>Returns whether storage may have lost the blob.</summary>
    public bool MayBeGone(string blobPath) => Holds(blobPath) && !_sure.Contains(blobPath);

    /// <summary>Decides that the blob is still there.</summary>
    public void Keep(string blobPath) => _sure.Add(blobPath);

    /// <summary>Decides that the blob is gone.</summary>
    public void Lose(string blobPath) => _blobs.Remove(blobPath);

    /// <summary>Returns whether the blob path was submitted.</summary>
    public bool IsAccepted(string blobPath) => _accepted.Exists(acceptance => acceptance.BlobPath == blobPath);

    /// <summary>Accepts a blob path, and returns the id of its submission.</summary>
    public string Accept(string blobPath)
    {
        string id = string.Create(CultureInfo.InvariantCulture, $"00000000-0000-4000-8000-{_accepted.Count + 1:x12}");
        _accepted.Add(new Acceptance(id, blobPath, _blobs[blobPath]));
        Changes++;
        return id;
    }

    /// <summary>Returns how often the content was accepted.</summary>
    public int CountOf(string content) => _accepted.Count(acceptance => acceptance.Content == content);

    /// <summary>Notes that a user was told that the content is done; false when the blob holds other content that is done.</summary>
    public bool TryFinish(string blobPath, string content)
    {
        _done.Add((blobPath, content));
        return _done.Count(done => done.BlobPath == blobPath) == 1;
    }

    /// <summary>Returns all that the future depends on, in one text. A blob with a unique name that nothing names any more plays no part.</summary>
    public string TextOf(IReadOnlyCollection<string> named)
    {
        IEnumerable<string> paths = _blobs.Keys.Union(_accepted.Select(static acceptance => acceptance.BlobPath))
            .Where(path => naming != Naming.Unique || named.Contains(path) || IsAccepted(path));
        IEnumerable<string> blobs = paths.Select(path => string.Create(
            CultureInfo.InvariantCulture,
            $"{Short(path)}={(_blobs.TryGetValue(path, out string? content) ? content[..8] : "none")} {_accepted.Count(acceptance => acceptance.BlobPath == path)}"));
        IEnumerable<string> done = _done.Select(static done => $"{Short(done.BlobPath)} has {done.Content[..8]}");
        return string.Join("; ", blobs.Order(StringComparer.Ordinal).Concat(done.Order(StringComparer.Ordinal)));
    }
}
