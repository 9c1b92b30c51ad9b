using System.Text;
using Mapping.Ir;
using Mapping.Values;

namespace Mapping.Binding.Paths;

/// <summary>Collects what the statements of a mapping assign; a map's own root is none of it.</summary>
internal sealed class WrittenPaths(PathNode root) : BoundWalker
{
    private readonly SortedSet<string> found = new(StringComparer.Ordinal);

    public static IReadOnlyList<string> Of(BoundMapping mapping, PathNode root)
    {
        var walker = new WrittenPaths(root);
        walker.VisitAll(mapping.Statements);
        return [.. walker.found];
    }

    public override bool VisitAssignment(BoundAssignment node)
    {
        PathNode place = root;
        foreach (PathSegment segment in node.Path.Segments)
        {
            place = place.Field(segment);
        }

        return found.Add(place.ToString());
    }

    public override bool VisitMeta(BoundMetaAssignment node) =>
        found.Add(node.Key is { } key ? "@" + PathNode.Quoted(Encoding.UTF8.GetString(key)) : "@");

    /// <summary>Expressions assign nothing.</summary>
    public override void Visit(BoundExpression node)
    {
    }
}
