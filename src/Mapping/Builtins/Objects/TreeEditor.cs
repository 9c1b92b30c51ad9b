using System.Runtime.CompilerServices;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Objects;

/// <summary>Makes changes in a value that others may see too: what is changed is copied first, once.</summary>
internal sealed class TreeEditor(EvaluationContext context)
{
    public static bool IsArrayAt(Value root, ReadOnlySpan<Value> path)
    {
        foreach (Value step in path)
        {
            if (!TryStep(root, step, out root))
            {
                return false;
            }
        }

        return root.IsArray;
    }

    /// <summary>The value with the change made at the rest of its path, or an error.</summary>
    public Value Edit(Value value, Change change, int depth)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            return Text.DeepStack.Run(() => Edit(value, change, depth));
        }

        if (!context.TryStep(out Value exceeded) || !context.TryGrow(0, out exceeded))
        {
            return exceeded;
        }

        if (depth == change.Path.Length)
        {
            return change.Kind == ChangeKind.Delete ? Value.Null : change.To;
        }

        return value.Kind switch
        {
            ValueKind.Array => EditArray(value, change, depth),
            ValueKind.Object => EditObject(value, change, depth),

            // What is to be deleted below is not there; what is to be set below needs an object around it.
            _ when change.Kind == ChangeKind.Delete => value,
            ValueKind.Null => EditObject(Value.FromObject(context.Arena.NewObject()), change, depth),
            _ => Value.Fail($"unable to patch below a {value.TypeName}"),
        };
    }

    private Value EditObject(Value value, Change change, int depth)
    {
        Value key = change.Path[depth];
        bool isLast = depth == change.Path.Length - 1;
        bool isPresent = value.TryGetMember(key.AsSpan(), out Value child);
        if (change.Kind == ChangeKind.Delete && !isPresent)
        {
            return value;
        }

        ObjectNode node = value.ToMutableObject(context.Arena);
        if (change.Kind == ChangeKind.Delete && isLast)
        {
            node.Remove(key.AsSpan());
            return Value.FromObject(node);
        }

        child = Edit(child, change, depth + 1);
        if (child.IsError)
        {
            return child;
        }

        node.Set(key.ToStringKind(), child);
        return Value.FromObject(node);
    }

    private Value EditArray(Value value, Change change, int depth)
    {
        int position = Change.Position(change.Path[depth]);
        bool isLast = depth == change.Path.Length - 1;
        if (position < 0)
        {
            return Value.Fail($"unable to patch an array at \"{TextForm.Preview(change.Path[depth])}\"");
        }

        if (position >= value.Count && change.Kind == ChangeKind.Delete)
        {
            return value;
        }

        ArrayNode node = value.ToMutableArray(context.Arena);
        if (isLast && change.Kind == ChangeKind.Delete)
        {
            node.RemoveAt(position);
        }
        else if (isLast && change.Kind == ChangeKind.Create)
        {
            Insert(node, Math.Min(position, node.Count), change.To);
        }
        else if (position >= node.Count)
        {
            return Value.Fail($"unable to patch element {position} of an array of {node.Count}");
        }
        else
        {
            Value child = Edit(node[position], change, depth + 1);
            if (child.IsError)
            {
                return child;
            }

            node[position] = child;
        }

        return Value.FromArray(node);
    }

    private static void Insert(ArrayNode node, int position, Value value)
    {
        node.Add(value);
        Span<Value> items = node.MutableItems();
        items[position..^1].CopyTo(items[(position + 1)..]);
        items[position] = value;
    }

    private static bool TryStep(Value value, Value step, out Value next)
    {
        next = default;
        if (value.IsObject)
        {
            return value.TryGetMember(step.AsSpan(), out next);
        }

        int position = value.IsArray ? Change.Position(step) : -1;
        if (position < 0 || position >= value.Count)
        {
            return false;
        }

        next = value.ElementAt(position);
        return true;
    }
}
