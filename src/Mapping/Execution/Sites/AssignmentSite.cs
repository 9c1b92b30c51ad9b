using System.Runtime.CompilerServices;
using Mapping.Functions;
using Mapping.Ir;
using Mapping.Text;
using Mapping.Values;

namespace Mapping.Execution.Sites;

/// <summary><c>root.path = value</c> at its place.</summary>
internal sealed class AssignmentSite(BoundAssignment node, SourceText source)
{
    private readonly FieldPath path = node.Path;
    private readonly PathSegment? field = node.Path.Length == 1 ? node.Path.Segments[0] : null;

    /// <summary>The value, if it is a container, cannot be reached from anywhere else.</summary>
    private readonly bool isNew = node.Value is BoundSteps { Steps: [.., BoundMethodStep { Call.Builtin.MakesNew: true }] };

    /// <summary>It assigns a field of the root.</summary>
    public bool IsField => @field is not null;

    /// <summary>
    /// The usual statement where <see cref="IsField"/>: a text or a number for a new field of the object that is being built. False, and
    /// nothing done, where it is another: then <see cref="Assign"/> is to be called. Without calls of its own it keeps no registers.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool TryAssign(EvaluationContext context, Value value) =>
        value.IsPlain && context.Root.ObjectNode is { IsFrozen: false } node && node.TryAddPlain(field!, value);

    /// <summary>Carries the assignment out; gives what went wrong, the value being an error included, or null.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public EvaluationError? Assign(EvaluationContext context, Value value)
    {
        if (field is not null && value.IsPlain && ObjectIn(context) is { } node)
        {
            node.SetPlain(field, value);
            return null;
        }

        return AssignAny(context, value);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private EvaluationError? AssignAny(EvaluationContext context, Value value)
    {
        if (field is not null && value.IsContainer && context.Root.ObjectNode is { IsFrozen: false } node)
        {
            node.Set(field, value.Frozen());
            return context.IsWithinLimits(context.Root) ? null : Check(context, context.Root);
        }

        if (value.IsError)
        {
            return value.AsError();
        }

        if (value.IsNothing)
        {
            return null;
        }

        if (path.Length == 0)
        {
            context.ReplaceRoot(isNew ? value : value.Frozen());
            return null;
        }

        if (!value.IsContainer && !value.IsDeleted && ObjectIn(context) is { } target && TryEnter(context, ref target))
        {
            target.Set(path.Segments[^1], value);
            return null;
        }

        return AssignPath(context, value);
    }

    /// <summary>The object under construction if it may be changed; it begins with the first assignment.</summary>
    private static ObjectNode? ObjectIn(EvaluationContext context)
    {
        Value root = context.Root;
        if (!root.IsNothing)
        {
            return root.ObjectNode is { IsFrozen: false } made ? made : null;
        }

        ObjectNode begun = context.Arena.NewObject();
        context.Root = Value.FromObject(begun);
        return begun;
    }

    /// <summary>Goes to the object that gets the value, making those on the way; false where there is something else.</summary>
    private bool TryEnter(EvaluationContext context, ref ObjectNode node)
    {
        ReadOnlySpan<PathSegment> segments = path.Segments;
        for (int i = 0; i < segments.Length - 1; i++)
        {
            node.RaiseDepth(segments.Length - i);
            Value child = node.Get(segments[i]);
            if (child.ObjectNode is not { IsFrozen: false } next)
            {
                if (!child.IsNothing)
                {
                    return false;
                }

                next = context.Arena.NewObject();
                node.Set(segments[i], Value.FromObject(next));
            }

            node = next;
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private EvaluationError? AssignPath(EvaluationContext context, Value value)
    {
        Value root = context.Root;
        if (value.IsDeleted)
        {
            PathAssignment.Delete(ref root, path, context.Arena);
            context.Root = root;
            return null;
        }

        EvaluationError? failure = PathAssignment.Assign(ref root, path, value, context.Arena);
        context.Root = root;
        failure?.Locate(source, node.Span);
        return failure ?? Check(context, root);
    }

    private EvaluationError? Check(EvaluationContext context, Value root)
    {
        EvaluationError? tooMuch = context.Checked(root) is { IsError: true } failure ? failure.AsError() : null;
        tooMuch?.Locate(source, node.Span);
        return tooMuch;
    }
}
