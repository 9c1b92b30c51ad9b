using Mapping.Values;

namespace Mapping.Extras.Paths;

/// <summary>One step of a path.</summary>
internal abstract class PathSegment
{
    /// <summary>The member or element that a key names; an error when there is none.</summary>
    protected static Value Child(PathScope scope, Value parent, PathNode keyNode)
    {
        if (!parent.IsContainer)
        {
            return Value.Fail($"expected an object or array to select from, got {parent.TypeName}");
        }

        Value key = scope.EvaluateAt(parent, keyNode);
        if (key.IsError)
        {
            return key;
        }

        if (parent.IsObject)
        {
            Value name = PathConversions.ToText(key, scope);
            return parent.TryGetMember(name.AsSpan(), out Value member) ? member : Value.Fail($"unknown key {name.AsHostString()}");
        }

        if (!PathConversions.TryNumber(key, out double number))
        {
            return Value.Fail($"expected a number as index of an array, got {key.TypeName}");
        }

        double index = Math.Truncate(number);
        return index >= 0 && index < parent.Count ? parent.ElementAt((int)index) : Value.Fail($"index {index} out of bounds");
    }
}

/// <summary>A step to one value, or to an error.</summary>
internal abstract class OneSegment : PathSegment
{
    public abstract Value Select(PathScope scope, Value parent);
}

/// <summary>A step to any number of values.</summary>
internal abstract class ManySegment : PathSegment
{
    public abstract void Select(PathScope scope, Value parent, List<Value> matches);
}

/// <summary><c>.key</c>, <c>[key]</c>.</summary>
internal sealed class ChildSegment(PathNode key) : OneSegment
{
    public override Value Select(PathScope scope, Value parent) => Child(scope, parent, key);
}

/// <summary><c>(expression)</c>: the value of the expression with <c>@</c> for where the path stands.</summary>
internal sealed class ScriptSegment(PathNode script) : OneSegment
{
    public override Value Select(PathScope scope, Value parent) => scope.EvaluateAt(parent, script);
}

/// <summary><c>.*</c>, <c>[*]</c>, and with a condition <c>[?(condition)]</c>. Members come in byte order of their keys.</summary>
internal sealed class EachSegment(PathNode? condition) : ManySegment
{
    public override void Select(PathScope scope, Value parent, List<Value> matches)
    {
        if (parent.IsArray)
        {
            foreach (Value element in parent.Elements)
            {
                if (!Visit(scope, element, matches))
                {
                    return;
                }
            }
        }
        else if (parent.IsObject)
        {
            foreach (Member member in parent.SortedMembers())
            {
                if (!Visit(scope, member.Value, matches))
                {
                    return;
                }
            }
        }
    }

    private bool Visit(PathScope scope, Value value, List<Value> matches)
    {
        bool isWanted = condition is null || PathConversions.Holds(scope.EvaluateAt(value, condition));
        return isWanted ? scope.TryAdd(matches, value) : scope.TryStep();
    }
}

/// <summary><c>[a, b]</c>; what is missing is left out.</summary>
internal sealed class UnionSegment(IReadOnlyList<PathNode> keys) : ManySegment
{
    public override void Select(PathScope scope, Value parent, List<Value> matches)
    {
        foreach (PathNode key in keys)
        {
            if (Child(scope, parent, key) is { IsError: false } child && !scope.TryAdd(matches, child))
            {
                return;
            }
        }
    }
}

/// <summary><c>..</c>: the value itself and everything below it, parents first.</summary>
internal sealed class DescentSegment : ManySegment
{
    public override void Select(PathScope scope, Value parent, List<Value> matches)
    {
        var pending = new Stack<Value>();
        pending.Push(parent);
        var children = new List<Value>();
        while (pending.TryPop(out Value value) && scope.TryAdd(matches, value))
        {
            children.Clear();
            if (value.IsArray)
            {
                foreach (Value element in value.Elements)
                {
                    children.Add(element);
                }
            }
            else if (value.IsObject)
            {
                children.AddRange(value.SortedMembers().Select(static m => m.Value));
            }

            for (int i = children.Count - 1; i >= 0; i--)
            {
                pending.Push(children[i]);
            }
        }
    }
}

/// <summary><c>[from:to:step]</c>, of arrays only. Negative positions count from the end; a negative step walks backwards.</summary>
internal sealed class SliceSegment(PathNode? from, PathNode? to, PathNode? step) : ManySegment
{
    public override void Select(PathScope scope, Value parent, List<Value> matches)
    {
        if (!parent.IsArray || !TryPosition(scope, parent, from, 0, out long first) || !TryPosition(scope, parent, to, int.MaxValue, out long end)
            || !TryPosition(scope, parent, step, 1, out long stride))
        {
            return;
        }

        first = Clamp(first, parent.Count);
        end = Clamp(end, parent.Count);
        stride = stride == 0 ? 1 : stride;
        for (long i = stride > 0 ? first : end - 1; i >= first && i < end; i += stride)
        {
            if (!scope.TryAdd(matches, parent.ElementAt((int)i)))
            {
                return;
            }
        }
    }

    private static bool TryPosition(PathScope scope, Value parent, PathNode? node, long absent, out long position)
    {
        position = absent;
        if (node is null)
        {
            return true;
        }

        bool isNumber = PathConversions.TryNumber(scope.EvaluateAt(parent, node), out double number);
        position = (long)Math.Clamp(number, int.MinValue, int.MaxValue);
        return isNumber;
    }

    private static long Clamp(long position, int count) => Math.Clamp(position < 0 ? count + position : position, 0, count);
}
