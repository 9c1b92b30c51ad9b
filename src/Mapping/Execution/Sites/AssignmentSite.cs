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

    /// <summary>The value, if it is a container, cannot be reached from anywhere else.</summary>
    private readonly bool isNew = node.Value is BoundSteps { Steps: [.., BoundMethodStep { Call.Builtin.MakesNew: true }] };

    /// <summary>Carries the assignment out; gives what went wrong, the value being an error included, or null.</summary>
    public EvaluationError? Assign(EvaluationContext context, Value value)
    {
        if (value.IsError)
        {
            return value.AsError();
        }

        if (value.IsNothing)
        {
            return null;
        }

        if (path.Length == 1 && !value.IsContainer && !value.IsDeleted && context.Root.ObjectNode is { IsFrozen: false } target)
        {
            // The usual statement: a member of an object that is being built.
            target.Set(path.Segments[0], value);
            return null;
        }

        if (path.Length == 0)
        {
            context.ReplaceRoot(isNew ? value : value.Frozen());
            return null;
        }

        return AssignPath(context, value);
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
        if (failure is null && context.Checked(root) is { IsError: true } tooMuch)
        {
            failure = tooMuch.AsError();
        }

        failure?.Locate(source, node.Span);
        return failure;
    }
}
