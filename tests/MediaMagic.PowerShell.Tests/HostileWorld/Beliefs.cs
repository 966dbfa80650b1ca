using System.Collections.Generic;
using System.Linq;

namespace MediaMagic.Tests.HostileWorld;

/// <summary>
/// Checks that "Unknown" is the truth: another world gives the same answers, and there the service has decided otherwise. Worlds that give the
/// same answers are followed together.
/// </summary>
internal static class Beliefs
{
    /// <summary>Returns where users are told "Unknown" although the answers tell the outcome; null where they never are.</summary>
    public static string? FindUnfounded(Node root, int depth)
    {
        HashSet<string> known = [];
        Queue<Place[]> open = new([[new Place(root, IsDropped: false)]]);
        while (open.TryDequeue(out Place[]? places))
        {
            IEnumerable<IGrouping<string, (bool IsDropped, Edge Edge)>> groups = places
                .SelectMany(static place => place.Start.Edges.Select(edge => (place.IsDropped, Edge: edge)))
                .GroupBy(static step => step.Edge.Seen);
            foreach (IGrouping<string, (bool IsDropped, Edge Edge)> group in groups)
            {
                // The other world may need one attempt more, which a dropped process made and did not live to report.
                bool isTold = group.Any(step => step.Edge.IsUnknown && step.Edge.Attempts + (step.IsDropped ? 1 : 0) <= depth);
                if (isTold && group.Select(static step => step.Edge.IsAccepted).Distinct().Count() < 2)
                {
                    return $"Unknown, but the answers tell the outcome. Seen: {group.Key}. Before: {string.Join(" or ", places.Select(static place => place.Start.Text))}";
                }

                Place[] next = [.. group.Where(static step => step.Edge.Next is not null)
                    .Select(static step => new Place(step.Edge.Next!, step.IsDropped || step.Edge.IsDropped))
                    .Distinct().OrderBy(static place => place.Start.Number).ThenBy(static place => place.IsDropped)];
                if (next.Length > 0 && known.Add(string.Join(' ', next.Select(static place => $"{place.Start.Number}{place.IsDropped}"))))
                {
                    open.Enqueue(next);
                }
            }
        }

        return null;
    }

    // A state that the worlds are in, and whether a process was dropped on the way.
    private readonly record struct Place(Node Start, bool IsDropped);
}
