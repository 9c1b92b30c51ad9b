namespace Mapping.Values;

/// <summary>Copies a value out of arenas and documents, for whatever outlives the message.</summary>
internal static class Detaching
{
    /// <summary>A deep copy that owns its memory; frozen, so that it can be shared.</summary>
    /// <param name="value">Of any document or arena.</param>
    /// <param name="home">Where the copy lives; without one it owns its memory itself.</param>
    public static Value Detach(this Value value, Arena? home = null)
    {
        if (!value.IsContainer)
        {
            return DetachScalar(value, home);
        }

        // Each container is copied once its parent exists; the copies still to be filled wait on a stack.
        Stack<(Value Source, Value Copy)>? pending = null;
        Value root = Shell(value, home);
        Fill(value, root, home, ref pending);
        while (pending is not null && pending.TryPop(out (Value Source, Value Copy) pair))
        {
            Fill(pair.Source, pair.Copy, home, ref pending);
        }

        return root;
    }

    private static void Fill(Value source, Value copy, Arena? home, ref Stack<(Value Source, Value Copy)>? pending)
    {
        if (copy.ArrayNode is { } array)
        {
            foreach (Value element in source.Elements)
            {
                array.Add(DetachOrPend(element, home, ref pending));
            }

            array.IsFrozen = true;
        }
        else
        {
            ObjectNode target = copy.ObjectNode!;
            if (source.ObjectNode is { } made)
            {
                foreach (ref readonly Member member in made.Slots)
                {
                    if (!member.Key.IsNull)
                    {
                        target.AddNew(DetachScalar(member.Key, home), DetachOrPend(member.Value, home, ref pending));
                    }
                }
            }
            else
            {
                foreach (Member member in source.Members)
                {
                    target.AddNew(DetachScalar(member.Key, home), DetachOrPend(member.Value, home, ref pending));
                }
            }

            target.IsFrozen = true;
        }
    }

    private static Value DetachOrPend(Value value, Arena? home, ref Stack<(Value Source, Value Copy)>? pending)
    {
        if (!value.IsContainer)
        {
            return DetachScalar(value, home);
        }

        Value shell = Shell(value, home);
        (pending ??= new()).Push((value, shell));
        return shell;
    }

    /// <summary>An empty copy that knows how deep it will be: its contents come later.</summary>
    private static Value Shell(Value source, Arena? home)
    {
        if (source.IsArray)
        {
            ArrayNode array = home?.NewArray() ?? new ArrayNode();
            array.EnsureCapacity(source.Count);
            array.RaiseDepth(source.Depth);
            return Value.FromArray(array);
        }

        ObjectNode node = source.ObjectNode?.Opaque is { } opaque ? new ObjectNode { Opaque = opaque } : home?.NewObject() ?? new ObjectNode();
        node.EnsureCapacity(source.Count);
        node.RaiseDepth(source.Depth);
        return Value.FromObject(node);
    }

    private static Value DetachScalar(Value value, Arena? home) => value.Kind == ValueKind.Timestamp ? Value.FromTimestamp(value.AsTimestamp().Copy())
        : !value.OwnsBytes ? value
        : home is null ? value.Over(value.AsSpan().ToArray(), 0)
        : value.CopyTo(home);
}
