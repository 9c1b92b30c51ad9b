namespace Mapping.Values;

/// <summary>Copies a value out of arenas and documents, for whatever outlives the message.</summary>
internal static class Detaching
{
    /// <summary>A deep copy that owns its memory; frozen, so that it can be shared.</summary>
    public static Value Detach(this Value value)
    {
        if (!value.IsContainer)
        {
            return DetachScalar(value);
        }

        // Each container is copied once its parent exists; the copies still to be filled wait on a stack.
        var pending = new Stack<(Value Source, Value Copy)>();
        Value root = Shell(value);
        pending.Push((value, root));
        while (pending.TryPop(out (Value Source, Value Copy) pair))
        {
            Fill(pair.Source, pair.Copy, pending);
        }

        return root;
    }

    private static void Fill(Value source, Value copy, Stack<(Value Source, Value Copy)> pending)
    {
        if (copy.ArrayNode is { } array)
        {
            foreach (Value element in source.Elements)
            {
                array.Add(DetachOrPend(element, pending));
            }
        }
        else
        {
            ObjectNode target = copy.ObjectNode!;
            foreach (Member member in source.Members)
            {
                target.AddNew(DetachScalar(member.Key), DetachOrPend(member.Value, pending));
            }
        }
    }

    private static Value DetachOrPend(Value value, Stack<(Value Source, Value Copy)> pending)
    {
        if (!value.IsContainer)
        {
            return DetachScalar(value);
        }

        Value shell = Shell(value);
        pending.Push((value, shell));
        return shell;
    }

    /// <summary>An empty copy that knows how deep it will be: its contents come later.</summary>
    private static Value Shell(Value source)
    {
        if (source.IsArray)
        {
            var array = new ArrayNode { IsFrozen = true };
            array.EnsureCapacity(source.Count);
            array.RaiseDepth(source.Depth);
            return Value.FromArray(array);
        }

        var node = new ObjectNode { IsFrozen = true, Opaque = source.ObjectNode?.Opaque };
        node.EnsureCapacity(source.Count);
        node.RaiseDepth(source.Depth);
        return Value.FromObject(node);
    }

    private static Value DetachScalar(Value value) => value.Kind switch
    {
        ValueKind.String => Value.FromUtf8(value.AsSpan().ToArray()),
        ValueKind.Bytes => Value.FromBytes(value.AsSpan().ToArray()),
        ValueKind.Lexical => Value.FromLexical(value.AsSpan().ToArray(), 0, value.TextLength),
        _ => value,
    };
}
