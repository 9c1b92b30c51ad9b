namespace Mapping.Values;

/// <summary>Writing and deleting by path: what an assignment does to the document under construction.</summary>
internal static class PathAssignment
{
    /// <summary>Sets the value at a path, creating objects on the way; returns what is wrong, or null.</summary>
    public static EvaluationError? Assign(ref Value root, FieldPath path, Value value, Arena arena)
    {
        if (path.Length == 0)
        {
            root = value.Frozen();
            return null;
        }

        if (root.IsNull || root.IsNothing)
        {
            root = Value.FromObject(arena.NewObject());
        }

        if (!root.IsContainer)
        {
            return Failure(path, $"the value of the root was a non-object type ({root.TypeName})");
        }

        root = Mutable(root, arena);
        Value current = root;
        ReadOnlySpan<PathSegment> segments = path.Segments;
        for (int i = 0; i < segments.Length; i++)
        {
            bool last = i == segments.Length - 1;
            RaiseDepth(current, segments.Length - i + value.Depth);
            EvaluationError? failure = current.ObjectNode is { } node
                ? StepIntoMember(node, path, i, last ? value.Frozen() : default, last, arena, out current)
                : StepIntoElement(current.ArrayNode!, path, i, last ? value.Frozen() : default, last, arena, out current);
            if (failure is not null)
            {
                return failure;
            }
        }

        return null;
    }

    /// <summary>Removes what is at a path; missing and unsuitable targets are ignored.</summary>
    public static void Delete(ref Value root, FieldPath path, Arena arena)
    {
        if (root.IsNull || root.IsNothing)
        {
            root = Value.FromObject(arena.NewObject());
            return;
        }

        if (!CanDelete(root, path))
        {
            return;
        }

        root = Mutable(root, arena);
        Value current = root;
        ReadOnlySpan<PathSegment> segments = path.Segments;
        foreach (PathSegment segment in segments[..^1])
        {
            Value child;
            if (current.ObjectNode is { } node)
            {
                node.TryGet(segment, out child);
                node.Set(segment, child = Mutable(child, arena));
            }
            else
            {
                child = current.ArrayNode![segment.Position] = Mutable(current.ArrayNode[segment.Position], arena);
            }

            current = child;
        }

        if (current.ObjectNode is { } parent)
        {
            parent.Remove(segments[^1]);
        }
        else
        {
            current.ArrayNode!.RemoveAt(segments[^1].Position);
        }
    }

    /// <summary>A container that may be changed in place, one level deep.</summary>
    public static Value Mutable(Value container, Arena arena) =>
        container.IsArray ? Value.FromArray(container.ToMutableArray(arena)) : Value.FromObject(container.ToMutableObject(arena));

    private static bool CanDelete(Value root, FieldPath path)
    {
        if (path.Length == 0)
        {
            return false;
        }

        Value current = root;
        foreach (PathSegment segment in path.Segments)
        {
            if (current.IsObject && current.TryGetMember(segment, out Value member))
            {
                current = member;
            }
            else if (current.IsArray && segment.Position >= 0 && segment.Position < current.Count)
            {
                current = current.ElementAt(segment.Position);
            }
            else
            {
                return false;
            }
        }

        return true;
    }

    private static EvaluationError? StepIntoMember(ObjectNode node, FieldPath path, int at, Value value, bool last, Arena arena, out Value next)
    {
        PathSegment segment = path.Segments[at];
        if (last)
        {
            node.Set(segment, next = value);
            return null;
        }

        if (!node.TryGet(segment, out Value child) || child.IsNull)
        {
            node.Set(segment, next = Value.FromObject(arena.NewObject()));
            return null;
        }

        next = child;
        if (!child.IsContainer)
        {
            return Failure(path, $"the value of {path.ToText(at + 1)} was a non-object type ({child.TypeName})");
        }

        next = Mutable(child, arena);
        node.Set(segment, next);
        return null;
    }

    private static EvaluationError? StepIntoElement(ArrayNode node, FieldPath path, int at, Value value, bool last, Arena arena, out Value next)
    {
        PathSegment segment = path.Segments[at];
        next = default;
        if (segment.IsAppend)
        {
            node.Add(next = last ? value : Value.FromObject(arena.NewObject()));
            return null;
        }

        if (segment.Position < 0)
        {
            return ArrayFailure(path, at, "an array position must be a number, or - to append");
        }

        if (segment.Position >= node.Count)
        {
            return ArrayFailure(path, at, $"the position is out of range, the array has {node.Count} elements");
        }

        if (last)
        {
            node[segment.Position] = next = value;
            return null;
        }

        Value child = node[segment.Position];
        if (!child.IsContainer)
        {
            return Failure(path, $"the value of {path.ToText(at + 1)} was a non-object type ({child.TypeName})");
        }

        node[segment.Position] = next = Mutable(child, arena);
        return null;
    }

    private static void RaiseDepth(Value container, int depth)
    {
        container.ObjectNode?.RaiseDepth(depth);
        container.ArrayNode?.RaiseDepth(depth);
    }

    private static EvaluationError Failure(FieldPath path, string reason) =>
        new(ErrorKind.Failure, $"unable to set target path {path} as {reason}");

    private static EvaluationError ArrayFailure(FieldPath path, int at, string reason) =>
        new(ErrorKind.Failure, $"unable to set target path {path}: failed to resolve path segment '{at}': {reason}");
}
