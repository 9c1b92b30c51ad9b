using System.Runtime.CompilerServices;

namespace Mapping.Values;

/// <summary>Writing and deleting by path: what an assignment does to the document under construction.</summary>
internal static class PathAssignment
{
    /// <summary>Sets the value at a path, creating objects on the way; returns what is wrong, or null.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
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
            return NotAContainer(path, 0, root);
        }

        root = Mutable(root, arena);
        value = value.Frozen();
        return root.ObjectNode is { } node && TryAssignMembers(node, path, value, arena) ? null : AssignSteps(root, path, value, arena);
    }

    /// <summary>The usual case: only objects on the way. False, with nothing but objects on the way made, when there is something else.</summary>
    private static bool TryAssignMembers(ObjectNode node, FieldPath path, Value value, Arena arena)
    {
        ReadOnlySpan<PathSegment> segments = path.Segments;
        int depth = value.IsContainer ? value.Depth : 0;
        for (int i = 0; i < segments.Length - 1; i++)
        {
            node.RaiseDepth(segments.Length - i + depth);
            Value child = node.Get(segments[i]);
            if (child.ObjectNode is not { IsFrozen: false } next)
            {
                if (child.IsNothing || child.IsNull)
                {
                    next = arena.NewObject();
                }
                else if (child.IsObject)
                {
                    next = child.ToMutableObject(arena);
                }
                else
                {
                    return false;
                }

                node.Set(segments[i], Value.FromObject(next));
            }

            node = next;
        }

        node.RaiseDepth(1 + depth);
        node.Set(segments[^1], value);
        return true;
    }

    private static EvaluationError? AssignSteps(Value root, FieldPath path, Value value, Arena arena)
    {
        Value current = root;
        ReadOnlySpan<PathSegment> segments = path.Segments;
        for (int i = 0; i < segments.Length; i++)
        {
            bool last = i == segments.Length - 1;
            RaiseDepth(current, segments.Length - i + value.Depth);
            EvaluationError? failure = current.ObjectNode is { } node
                ? StepIntoMember(node, path, i, last ? value : default, last, arena, out current)
                : StepIntoElement(current.ArrayNode!, path, i, last ? value : default, last, arena, out current);
            if (failure is not null)
            {
                return failure;
            }
        }

        return null;
    }

    /// <summary>Removes what is at a path; missing and unsuitable targets are ignored.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
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
            return NotAContainer(path, at + 1, child);
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
            return OutOfRange(path, at, node.Count);
        }

        if (last)
        {
            node[segment.Position] = next = value;
            return null;
        }

        Value child = node[segment.Position];
        if (!child.IsContainer)
        {
            return NotAContainer(path, at + 1, child);
        }

        node[segment.Position] = next = Mutable(child, arena);
        return null;
    }

    private static void RaiseDepth(Value container, int depth)
    {
        container.ObjectNode?.RaiseDepth(depth);
        container.ArrayNode?.RaiseDepth(depth);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static EvaluationError NotAContainer(FieldPath path, int length, Value value)
    {
        string name = length == 0 ? "the root" : path.ToText(length);
        return new EvaluationError(ErrorKind.Failure, $"unable to set target path {path} as the value of {name} was a non-object type ({value.TypeName})");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static EvaluationError OutOfRange(FieldPath path, int at, int count) =>
        ArrayFailure(path, at, $"the position is out of range, the array has {count} elements");

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static EvaluationError ArrayFailure(FieldPath path, int at, string reason) =>
        new(ErrorKind.Failure, $"unable to set target path {path}: failed to resolve path segment '{at}': {reason}");
}
