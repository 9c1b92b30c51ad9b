using Mapping.Values;

namespace Mapping.Extras.Paths;

/// <summary>A path: <c>$.a[*]</c>, or with <c>@</c> the same from the current element.</summary>
/// <param name="isCurrent">Begins with <c>@</c>.</param>
/// <param name="segments">The steps down.</param>
internal sealed class PathQueryNode(bool isCurrent, IReadOnlyList<PathSegment> segments) : PathNode
{
    /// <summary>The first step that may lead to several values; from there on the result is an array.</summary>
    private readonly int firstMany = segments.TakeWhile(s => s is not ManySegment).Count();

    public override Value Evaluate(PathScope scope)
    {
        Value value = isCurrent ? scope.Current : scope.Root;
        for (int i = 0; i < firstMany; i++)
        {
            value = ((OneSegment)segments[i]).Select(scope, value);
            if (value.IsError)
            {
                return firstMany < segments.Count ? scope.Array([]) : value;
            }
        }

        return firstMany == segments.Count ? value : EvaluateMany(scope, value);
    }

    private Value EvaluateMany(PathScope scope, Value start)
    {
        List<Value> matches = [start];
        for (int i = firstMany; i < segments.Count && !scope.IsStopped; i++)
        {
            var next = new List<Value>();
            foreach (Value match in matches)
            {
                if (segments[i] is ManySegment many)
                {
                    many.Select(scope, match, next);
                }
                else if (((OneSegment)segments[i]).Select(scope, match) is { IsError: false } selected)
                {
                    scope.TryAdd(next, selected);
                }

                if (scope.IsStopped)
                {
                    break;
                }
            }

            matches = next;
        }

        return scope.Array(matches);
    }
}
