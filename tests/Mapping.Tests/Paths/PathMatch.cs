using System.Globalization;
using Mapping.Ir;
using Mapping.Values;

namespace Mapping.Tests.Paths;

/// <summary>A step into a document.</summary>
/// <param name="Key">The key of a member, or the position of an element as text.</param>
/// <param name="IsPosition">It is a position of an array.</param>
internal readonly record struct PlaceStep(string Key, bool IsPosition);

/// <summary>A place in a document against the places that an analysis tells of.</summary>
internal static class PathMatch
{
    private const string ValueKey = "value";

    /// <summary>Whether what stands at the place may decide about anything.</summary>
    public static bool IsRead(MappingPaths paths, IReadOnlyList<PlaceStep> place)
    {
        List<(PathNode Node, string[] Way)> around = Around(paths.Input, place);
        return around.Any(n => n.Node.Mark == ReadMark.Whole)
            || around.Any(n => n.Way.Length == 0 && n.Node.IsReadWithin());
    }

    /// <summary>Whether a copy explains that the output changed at <paramref name="changed"/> when the input did at <paramref name="place"/>.</summary>
    public static bool Explains(MappingPaths paths, IReadOnlyList<PlaceStep> place, IReadOnlyList<string> changed)
    {
        foreach ((PathNode node, string[] rest) in Around(paths.Input, place))
        {
            IEnumerable<PathNode> below = rest.Length == 0 ? Below(node) : [];
            foreach (PathCopy copy in paths.Copies)
            {
                if ((ReferenceEquals(copy.Input, node) && StartsWith(changed, Pattern(copy.Output), rest))
                    || (below.Contains(copy.Input) && StartsWith(changed, Pattern(copy.Output), [])))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>All nodes that hold the place, each with the way from it to the place.</summary>
    private static List<(PathNode Node, string[] Way)> Around(PathNode root, IReadOnlyList<PlaceStep> place)
    {
        var found = new List<(PathNode, string[])>();
        List<PathNode> exact = [root];
        for (int i = 0; ; i++)
        {
            found.AddRange(exact.Select(n => (n, place.Skip(i).Select(s => s.Key).ToArray())));
            if (i == place.Count)
            {
                return found;
            }

            var next = new List<PathNode>();
            (string step, bool isPosition) = place[i];
            string[] rest = [ValueKey, .. place.Skip(i + 1).Select(s => s.Key)];
            foreach (PathNode node in exact)
            {
                next.AddRange(node.Fields.Where(f => f.Key == step || (isPosition && IsPosition(f.Key!, step))));
                if (node.Elements is not { } element)
                {
                    continue;
                }

                if (isPosition)
                {
                    next.Add(element);
                    continue;
                }

                // The pair of the member, and the pairs of that pair.
                for (PathNode? pair = element; pair is not null; pair = pair.Elements)
                {
                    found.Add((pair, rest));
                    next.AddRange(pair.Fields.Where(f => f.Key == ValueKey));
                    rest = [ValueKey, .. rest];
                }
            }

            exact = next;
        }
    }

    /// <summary>Positions may be spelt with leading zeros.</summary>
    private static bool IsPosition(string key, string step) =>
        int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out int position) && new PathSegment(System.Text.Encoding.Latin1.GetBytes(key)).Position == position;

    private static IEnumerable<PathNode> Below(PathNode node)
    {
        IEnumerable<PathNode> children = node.Elements is { } element ? node.Fields.Append(element) : node.Fields;
        return children.SelectMany(c => Below(c).Prepend(c));
    }

    /// <summary>The steps of a place in the output; null is any.</summary>
    private static List<string?> Pattern(PathNode node)
    {
        var steps = new List<string?>();
        for (PathNode? at = node; at.Parent is { } parent; at = parent)
        {
            steps.Insert(0, at.Key);
        }

        return steps;
    }

    private static bool StartsWith(IReadOnlyList<string> place, List<string?> pattern, string[] rest)
    {
        if (place.Count < pattern.Count + rest.Length)
        {
            return false;
        }

        return pattern.Select((p, i) => p is null || p == place[i]).All(m => m) && rest.SequenceEqual(place.Skip(pattern.Count).Take(rest.Length));
    }
}
