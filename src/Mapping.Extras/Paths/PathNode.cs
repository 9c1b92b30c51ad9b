using Mapping.Values;

namespace Mapping.Extras.Paths;

/// <summary>A part of a path expression, ready to be evaluated by several threads. A failure is an error value.</summary>
internal abstract class PathNode
{
    public abstract Value Evaluate(PathScope scope);
}

/// <summary>A number, text, bool or null.</summary>
internal sealed class ConstantNode(Value value) : PathNode
{
    public Value Value { get; } = value;

    public override Value Evaluate(PathScope scope) => Value;
}

/// <summary><c>[a, b]</c> where no path stands before it.</summary>
internal sealed class ArrayLiteralNode(IReadOnlyList<PathNode> elements) : PathNode
{
    public override Value Evaluate(PathScope scope)
    {
        var values = new List<Value>();
        foreach (PathNode element in elements)
        {
            Value value = element.Evaluate(scope);
            if (value.IsError)
            {
                return value;
            }

            values.Add(value);
        }

        return scope.Array(values);
    }
}

/// <summary><c>{"a": b}</c>.</summary>
internal sealed class ObjectLiteralNode(IReadOnlyList<(PathNode Key, PathNode Value)> members) : PathNode
{
    public override Value Evaluate(PathScope scope)
    {
        ObjectNode result = scope.Context.Arena.NewObject(members.Count);
        foreach ((PathNode keyNode, PathNode valueNode) in members)
        {
            Value value = valueNode.Evaluate(scope);
            Value key = value.IsError ? value : keyNode.Evaluate(scope);
            if (key.IsError)
            {
                return key;
            }

            result.Set(PathConversions.ToText(key, scope), value.Frozen());
        }

        return Value.FromObject(result);
    }
}

/// <summary>A bare name such as <c>store.book</c>: a member of the document, null where there is none.</summary>
internal sealed class VariableNode(IReadOnlyList<PathNode> keys) : PathNode
{
    public override Value Evaluate(PathScope scope)
    {
        Value value = scope.Root;
        foreach (PathNode keyNode in keys)
        {
            Value key = keyNode.Evaluate(scope);
            if (key.IsError)
            {
                return key;
            }

            if (value.IsObject)
            {
                value = value.TryGetMember(PathConversions.ToText(key, scope).AsSpan(), out Value member) ? member : Value.Null;
            }
            else if (value.IsArray && PathConversions.TryNumber(key, out double index) && index >= 0 && index < value.Count)
            {
                value = value.ElementAt((int)index);
            }
            else
            {
                return Value.Fail($"unknown parameter {PathConversions.ToText(key, scope).AsHostString()}");
            }
        }

        return value;
    }
}
