namespace Mapping.Extras.Paths;

/// <summary>The steps of a path.</summary>
internal sealed partial class PathParser
{
    private List<PathSegment> Segments()
    {
        var segments = new List<PathSegment>();
        while (problem is null)
        {
            if (TryTake("."))
            {
                Dotted(segments);
            }
            else if (TryTake("["))
            {
                segments.Add(Bracket(isUnion: false));
            }
            else if (TryTake("("))
            {
                Script(segments);
            }
            else
            {
                break;
            }
        }

        return segments;
    }

    private void Dotted(List<PathSegment> segments)
    {
        if (!TryTake("."))
        {
            segments.Add(TryTake("*") ? new EachSegment(null) : new ChildSegment(KeyOf(Name())));
            return;
        }

        segments.Add(new DescentSegment());
        if (TryTake("["))
        {
            segments.Add(Bracket(isUnion: true));
        }
        else if (TryTake("("))
        {
            Script(segments);
        }
        else
        {
            segments.Add(TryTake("*") ? new EachSegment(null) : new ChildSegment(KeyOf(Name())));
        }
    }

    private void Script(List<PathSegment> segments)
    {
        segments.Add(new ScriptSegment(Expression()));
        Take(")");
    }

    /// <summary>After an opening bracket.</summary>
    private PathSegment Bracket(bool isUnion)
    {
        if (TryTake("*"))
        {
            Take("]");
            return new EachSegment(null);
        }

        if (TryTake("?"))
        {
            var filter = new EachSegment(Expression());
            Take("]");
            return filter;
        }

        PathNode? first = token.Is(":") ? null : Expression();
        if (token.Is(":"))
        {
            return Slice(first);
        }

        List<PathNode> keys = [first ?? Nothing];
        while (problem is null && TryTake(","))
        {
            keys.Add(Expression());
        }

        Take("]");
        return keys.Count == 1 && !isUnion ? new ChildSegment(keys[0]) : new UnionSegment(keys);
    }

    private SliceSegment Slice(PathNode? from)
    {
        PathNode?[] bounds = [from, null, null];
        for (int i = 1; i < bounds.Length && TryTake(":"); i++)
        {
            bounds[i] = token.Is(":") || token.Is("]") ? null : Expression();
        }

        Take("]");
        return new SliceSegment(bounds[0], bounds[1], bounds[2]);
    }
}
