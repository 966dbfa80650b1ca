using System.Collections.Generic;
using System.Linq;

namespace MediaMagic;

/// <summary>The ids that a session met last, newest first.</summary>
internal sealed class SeenIds
{
    private const int Capacity = 100;
    private readonly LinkedList<(string Kind, string Id)> _ids = new();

    public const string Submissions = "submission";
    public const string Assets = "asset";
    public const string Subscriptions = "subscription";

    public void Add(string kind, string? id)
    {
        if (string.IsNullOrEmpty(id))
        {
            return;
        }

        lock (_ids)
        {
            _ids.Remove((kind, id!));
            _ids.AddFirst((kind, id!));
            if (_ids.Count > Capacity)
            {
                _ids.RemoveLast();
            }
        }
    }

    public string[] Of(string kind)
    {
        lock (_ids)
        {
            return [.. _ids.Where(id => id.Kind == kind).Select(id => id.Id)];
        }
    }
}
